package io.ternmq.server;

/** A setting that cannot be used. The message holds key, value and what was expected; the server does not start. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the mistake.
     *
     * @param message key, value, expectation and source, in one line
     */
    public SettingException(String message) {
        super(message);
    }
}
