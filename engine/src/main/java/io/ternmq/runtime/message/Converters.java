package io.ternmq.runtime.message;

import io.ternmq.BodyConversionException;
import io.ternmq.BodyConverter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes bytes of bodies and bodies of bytes. */
public final class Converters {

    private final List<BodyConverter> converters;

    public Converters(List<BodyConverter> converters) {
        this.converters = List.copyOf(converters);
    }

    /** @throws BodyConversionException when no converter knows the type, or the one that does cannot */
    public byte[] write(Object body) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return converterOf(body.getClass()).write(body);
        } catch (Exception e) {
            throw failed("a body of " + body.getClass().getName() + " could not be written", e);
        }
    }

    /** @throws BodyConversionException when no converter knows the type, or the one that does cannot */
    public <T> T read(byte[] body, Class<T> type) {
        if (type == byte[].class) {
            return type.cast(body);
        }
        if (type == String.class) {
            return type.cast(new String(body, StandardCharsets.UTF_8));
        }
        try {
            return converterOf(type).read(body, type);
        } catch (Exception e) {
            throw failed("a body of " + body.length + " bytes could not be read as " + type.getName(), e);
        }
    }

    private static BodyConversionException failed(String what, Exception cause) {
        return cause instanceof BodyConversionException known ? known : new BodyConversionException(what, cause);
    }

    private BodyConverter converterOf(Class<?> type) {
        for (BodyConverter converter : converters) {
            if (converter.converts(type)) {
                return converter;
            }
        }
        throw new BodyConversionException("no converter for " + type.getName()
                + " (expected: bytes, a String, or a type that a BodyConverter given at open or found on the class path"
                + " knows; ternmq-json brings one for JSON)");
    }
}
