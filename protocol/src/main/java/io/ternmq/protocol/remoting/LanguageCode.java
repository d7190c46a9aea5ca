package io.ternmq.protocol.remoting;

/** The language that a peer says it is written in: a number in binary headers, a name in JSON. */
public final class LanguageCode {
    public static final int JAVA = 0;
    public static final int CPP = 1;
    public static final int DOTNET = 2;
    public static final int PYTHON = 3;
    public static final int DELPHI = 4;
    public static final int ERLANG = 5;
    public static final int RUBY = 6;
    public static final int OTHER = 7;
    public static final int HTTP = 8;
    public static final int GO = 9;
    public static final int PHP = 10;
    public static final int OMS = 11;
    public static final int RUST = 12;
    public static final int NODE_JS = 13;

    private static final String[] NAMES = {
        "JAVA", "CPP", "DOTNET", "PYTHON", "DELPHI", "ERLANG", "RUBY", "OTHER", "HTTP", "GO", "PHP", "OMS", "RUST",
        "NODE_JS"
    };

    private LanguageCode() {}

    /** @return the name of a code; {@code OTHER} when it is unknown */
    public static String name(int code) {
        return code >= 0 && code < NAMES.length ? NAMES[code] : NAMES[OTHER];
    }

    /** @return the code of a name; {@link #OTHER} when it is unknown */
    static int code(String name) {
        for (int code = 0; code < NAMES.length; code++) {
            if (NAMES[code].equals(name)) {
                return code;
            }
        }
        return OTHER;
    }
}
