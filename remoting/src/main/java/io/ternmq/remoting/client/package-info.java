/** Clients telling that they are there, and asking who else is. */
@NullMarked
package io.ternmq.remoting.client;

import org.jspecify.annotations.NullMarked;
