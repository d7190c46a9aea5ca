package io.ternmq.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.ternmq.BodyConverter;

/**
 * Converts any type that Jackson can. Times are written as texts, and properties that a class does not know are passed over, so that a
 * consumer may be older than its producer. Thread-safe.
 */
public final class JsonBodyConverter implements BodyConverter {

    private final ObjectMapper mapper;

    /** Converts with the defaults. */
    public JsonBodyConverter() {
        this(JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    /**
     * Converts as the application does elsewhere.
     *
     * @param mapper is not changed
     */
    public JsonBodyConverter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean converts(Class<?> type) {
        return true;
    }

    @Override
    public byte[] write(Object body) throws Exception {
        return mapper.writeValueAsBytes(body);
    }

    @Override
    public <T> T read(byte[] body, Class<T> type) throws Exception {
        return mapper.readValue(body, type);
    }
}
