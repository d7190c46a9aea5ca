package io.ternmq.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsOrdinaryJson() {
        JsonObject json = JsonObject.read(
                " { \"a\" : 1 , \"b\":[1, 2.5, true, null, \"x\\n\\u0041\"], \"c\":{\"d\":false}, \"e\":null } ");
        assertThat(json.number("a", 0)).isEqualTo(1);
        assertThat(json.texts("b")).containsExactly("1", "2.5", "true", "x\nA");
        assertThat(json.object("c").text("d", "")).isEqualTo("false");
        assertThat(json.text("e", "missing")).isEqualTo("missing");
    }

    @Test
    void readsKeysThatAreNumbers() {
        JsonObject json = JsonObject.read("{\"brokerAddrs\":{0:\"127.0.0.1:10911\"}}");
        assertThat(json.object("brokerAddrs").text("0", "")).isEqualTo("127.0.0.1:10911");
    }

    @Test
    void readsKeysThatAreObjects() {
        JsonObject json = JsonObject.readWithObjectKeys(
                bytes(
                        "{\"a\":[{\"b\":1},{\"b\":2}], \"t\": {{\"brokerName\":\"x\\\\y\\\"{z\",\"queueId\":1}:{\"max\":9}, {\"queueId\":2}:7}}"));
        assertThat(json.objects("a")).hasSize(2);
        JsonObject table = json.object("t");
        List<String> keys = List.copyOf(table.names());
        assertThat(JsonObject.read(keys.get(0)).text("brokerName", "")).isEqualTo("x\\y\"{z");
        assertThat(table.object(keys.get(0)).number("max", 0)).isEqualTo(9);
        assertThat(JsonObject.read(keys.get(1)).number("queueId", 0)).isEqualTo(2);
        assertThat(table.number(keys.get(1), 0)).isEqualTo(7);
    }

    @Property(tries = 200)
    void keysThatAreObjectsAreReadWhateverTheyHold(@ForAll String name, @ForAll long value) {
        String key = JsonText.line(Map.of("topic", name));
        JsonObject table = JsonObject.read(ObjectKeys.toTexts("{\"t\":{" + key + ":" + value + "}}"))
                .object("t");
        assertThat(table.names()).containsExactly(key);
        assertThat(JsonObject.read(key).text("topic", "none")).isEqualTo(name);
        assertThat(table.number(key, 0)).isEqualTo(value);
    }

    @Property(tries = 200)
    void textsWithoutSuchKeysStayAsTheyAre(@ForAll String text) {
        String json = JsonText.line(Map.of("a", List.of(Map.of(), Map.of("b", text)), "c", Map.of()));
        assertThat(ObjectKeys.toTexts(json)).isEqualTo(json);
    }

    @Property(tries = 200)
    void whatIsNoJsonIsLeftToTheParser(@ForAll String text) {
        assertThat(ObjectKeys.toTexts("{" + text)).isNotEmpty();
    }

    @Test
    void takesWhatIsMissingForEmpty() {
        JsonObject json = JsonObject.readWithObjectKeys(Unpooled.EMPTY_BUFFER);
        assertThat(json.text("a", "none")).isEqualTo("none");
        assertThat(json.object("a").names()).isEmpty();
        assertThat(json.objects("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\"}", "{\"a\":}", "{\"a\":\"x", "{\"a\":tru}", "{\"a\":\"\\u00\"}", "{{\"a\":1}"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> JsonObject.read(text)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> JsonObject.readWithObjectKeys(bytes(text))).isInstanceOf(UnavailableException.class);
    }

    @Test
    void refusesEndlessDepth() {
        String deep = "{\"a\":".repeat(10_000);
        assertThatThrownBy(() -> JsonObject.read(deep)).isInstanceOf(UnavailableException.class);
    }

    @Property(tries = 200)
    void readsBackWhatItWrites(@ForAll String text, @ForAll long number, @ForAll boolean flag) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", text);
        values.put("number", number);
        values.put("flag", flag);
        values.put("list", Arrays.asList(text, null));
        String json = JsonText.line(values);
        JsonObject back = JsonObject.read(json);
        assertThat(back.text("text", "missing")).isEqualTo(text);
        assertThat(back.number("number", 0)).isEqualTo(number);
        assertThat(back.text("flag", "")).isEqualTo(Boolean.toString(flag));
        assertThat(back.texts("list")).containsExactly(text);
        assertThat(json).doesNotContain("\n");
    }

    @Test
    void writesNothingAsEmpty() {
        assertThat(JsonText.line(Map.of())).isEqualTo("{}");
        assertThat(JsonText.line(List.of())).isEqualTo("[]");
        assertThat(JsonText.line(null)).isEqualTo("null");
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
