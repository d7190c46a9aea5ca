package io.ternmq.server.cli;

/** The command line says what cannot be. The message names option, value and what was expected. */
final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
