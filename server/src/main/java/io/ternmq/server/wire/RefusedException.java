package io.ternmq.server.wire;

/** The server understood and said no. */
public final class RefusedException extends WireException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * Says who refused what.
     *
     * @param what   what was asked for, completing "cannot …"
     * @param code   the answer's code, not 0
     * @param remark the server's words, may be empty
     */
    public RefusedException(String what, int code, String remark) {
        super("cannot " + what + ": " + (remark.isBlank() ? "refused" : firstLine(remark)) + " (code " + code + ")");
        this.code = code;
    }

    /**
     * Why, as RocketMQ numbers it.
     *
     * @return a response code
     */
    public int code() {
        return code;
    }

    private static String firstLine(String remark) {
        return remark.lines().findFirst().orElse(remark).strip();
    }
}
