package io.ternmq.server.wire;

import java.util.Map;

/**
 * One frame as it came from the other side: an answer, or a request of the server's.
 *
 * @param code   request code, or 0 for a success and any other number for why not
 * @param opaque number that pairs request and answer
 * @param flag   bit 0: an answer; bit 1: nobody waits for an answer
 * @param remark why not, in words; empty when nothing was said
 * @param fields header fields by name
 * @param body   may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // frames are passed on, never compared
public record Frame(int code, int opaque, int flag, String remark, Map<String, String> fields, byte[] body) {

    static final int ANSWER = 1;
    static final int ONE_WAY = 2;

    /** An answer rather than a request. */
    boolean isAnswer() {
        return (flag & ANSWER) != 0;
    }

    /**
     * A header field that must be there.
     *
     * @param name its name
     * @return its value
     * @throws WireException when the other side left it out
     */
    public String text(String name) throws WireException {
        String value = fields.get(name);
        if (value == null) {
            throw new WireException("answer without the header field '" + name + "'");
        }
        return value;
    }

    /**
     * A header field that must be a number.
     *
     * @param name its name
     * @return its value
     * @throws WireException when it is missing or no number
     */
    public long number(String name) throws WireException {
        String value = text(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new WireException("header field " + name + ": '" + value + "' (expected: a number)", notANumber);
        }
    }

    /**
     * Makes a failure an exception.
     *
     * @param what what was asked for, completing "cannot …"
     * @return this, when it says success
     * @throws RefusedException otherwise
     */
    public Frame expectSuccess(String what) throws RefusedException {
        if (code != 0) {
            throw new RefusedException(what, code, remark);
        }
        return this;
    }
}
