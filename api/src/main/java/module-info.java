/** What users of TernMQ import. It depends on nothing; engines are found by {@link java.util.ServiceLoader}. */
module io.ternmq.api {
    requires static transitive org.jspecify;

    exports io.ternmq;
    exports io.ternmq.spi;

    uses io.ternmq.BodyConverter;
    uses io.ternmq.spi.EngineProvider;
}
