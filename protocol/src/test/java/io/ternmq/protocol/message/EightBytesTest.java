package io.ternmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

class EightBytesTest {

    @Property
    void theFirstByteThatIsEqualIsFound(@ForAll @Size(8) byte[] bytes, @ForAll byte wanted) {
        long eight = EightBytes.at(new UnsafeBuffer(bytes), 0);
        int first = 0;
        while (first < bytes.length && bytes[first] != wanted) {
            first++;
        }
        assertThat(EightBytes.first(EightBytes.equalTo(eight, wanted))).isEqualTo(first);
    }

    @Property
    void theFirstByteThatIsLessIsFound(@ForAll @Size(8) byte[] bytes, @ForAll @IntRange(min = 1, max = 128) int limit) {
        long eight = EightBytes.at(new UnsafeBuffer(bytes), 0);
        int first = 0;
        while (first < bytes.length && (bytes[first] & 0xFF) >= limit) {
            first++;
        }
        assertThat(EightBytes.first(EightBytes.lessThan(eight, limit))).isEqualTo(first);
    }

    @Property
    void theFirstByteOfTwoThatAreSearchedForIsFound(
            @ForAll @Size(8) byte[] bytes, @ForAll byte one, @ForAll byte another) {
        long eight = EightBytes.at(new UnsafeBuffer(bytes), 0);
        int first = 0;
        while (first < bytes.length && bytes[first] != one && bytes[first] != another) {
            first++;
        }
        assertThat(EightBytes.first(EightBytes.equalTo(eight, one) | EightBytes.equalTo(eight, another)))
                .isEqualTo(first);
    }
}
