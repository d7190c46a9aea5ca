package io.ternmq;

/** Makes bytes of objects and objects of bytes. Given at open, or found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface BodyConverter {

    /**
     * Whether it knows a type.
     *
     * @param type of a body
     * @return true when it can write and read it
     */
    boolean converts(Class<?> type);

    /**
     * Writes a body.
     *
     * @param body of a type that it knows
     * @return the bytes
     * @throws Exception when it cannot; the sender gets a {@link BodyConversionException} with it
     */
    byte[] write(Object body) throws Exception;

    /**
     * Reads a body.
     *
     * @param body the bytes
     * @param type one that it knows
     * @param <T>  one that it knows
     * @return the object
     * @throws Exception when it cannot; the reader gets a {@link BodyConversionException} with it
     */
    <T> T read(byte[] body, Class<T> type) throws Exception;
}
