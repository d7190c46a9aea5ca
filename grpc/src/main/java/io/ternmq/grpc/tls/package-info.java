/** TLS and plain text on one port, and a certificate for those who have none. Start at {@link io.ternmq.grpc.tls.TlsOrPlain}. */
@NullMarked
package io.ternmq.grpc.tls;

import org.jspecify.annotations.NullMarked;
