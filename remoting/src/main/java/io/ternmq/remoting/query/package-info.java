/** Finding single messages: by key and by id. */
@NullMarked
package io.ternmq.remoting.query;

import org.jspecify.annotations.NullMarked;
