package io.ternmq.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsOrdinaryJson() throws WireException {
        JsonObject json = JsonReader.object(
                " { \"a\" : 1 , \"b\":[1, 2.5, true, null, \"x\\n\\u0041\"], \"c\":{\"d\":false}, \"e\":null } ");
        assertThat(json.number("a", 0)).isEqualTo(1);
        assertThat(json.list("b")).isEqualTo(List.of(1L, 2.5, true, "x\nA"));
        assertThat(json.object("c").flag("d", true)).isFalse();
        assertThat(json.text("e", "missing")).isEqualTo("missing");
    }

    @Test
    void readsKeysThatAreNumbers() throws WireException {
        JsonObject json = JsonReader.object("{\"brokerAddrs\":{0:\"127.0.0.1:10911\"}}");
        assertThat(json.object("brokerAddrs").text("0", "")).isEqualTo("127.0.0.1:10911");
    }

    @Test
    void readsKeysThatAreObjects() throws WireException {
        JsonObject json = JsonReader.object(
                "{\"offsetTable\":{{\"brokerName\":\"b\",\"queueId\":1,\"topic\":\"T\"}:{\"maxOffset\":9}}}");
        Map.Entry<Object, Object> row =
                json.object("offsetTable").members().entrySet().iterator().next();
        assertThat(((JsonObject) row.getKey()).number("queueId", 0)).isEqualTo(1);
        assertThat(((JsonObject) row.getValue()).number("maxOffset", 0)).isEqualTo(9);
    }

    @Test
    void takesWhatIsMissingForEmpty() throws WireException {
        JsonObject json = JsonReader.object(new byte[0]);
        assertThat(json.text("a", "none")).isEqualTo("none");
        assertThat(json.object("a").members()).isEmpty();
        assertThat(json.objects("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":\"x", "{\"a\":tru}", "{\"a\":\"\\u00\"}"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> JsonReader.object(text)).isInstanceOf(WireException.class);
    }

    @Test
    void refusesEndlessDepth() {
        String deep = "{\"a\":".repeat(10_000);
        assertThatThrownBy(() -> JsonReader.object(deep)).hasMessageContaining("JSON depth: 65");
    }

    @Property(tries = 200)
    void readsBackWhatItWrites(@ForAll String text, @ForAll long number, @ForAll boolean flag) throws WireException {
        String json = JsonWriter.write(Map.of("text", text, "number", number, "flag", flag, "list", List.of(text)));
        JsonObject back = JsonReader.object(json);
        assertThat(back.text("text", "missing")).isEqualTo(text);
        assertThat(back.number("number", 0)).isEqualTo(number);
        assertThat(back.flag("flag", !flag)).isEqualTo(flag);
        assertThat(back.list("list")).isEqualTo(List.of(text));
        assertThat(json).doesNotContain("\n");
    }

    @Test
    void writesNothingAsEmpty() {
        assertThat(JsonWriter.write(Map.of())).isEqualTo("{}");
        assertThat(JsonWriter.write(List.of())).isEqualTo("[]");
        assertThat(JsonWriter.write(null)).isEqualTo("null");
    }
}
