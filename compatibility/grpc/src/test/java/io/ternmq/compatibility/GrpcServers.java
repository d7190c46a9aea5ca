package io.ternmq.compatibility;

import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The one server that the scenarios of a run share, unless they start their own. */
final class GrpcServers implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(GrpcServers.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        ServerProcess unused = server(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ServerProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    private static ServerProcess server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "server",
                        key -> ServerProcess.start(
                                Map.of("transaction.timeout", "1s", "transaction.check-interval", "2s")),
                        ServerProcess.class);
    }
}
