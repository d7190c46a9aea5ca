/** Reading by offset, as every way in does it: what a group's filter passes, and what of it was not done by lease before. */
@NullMarked
package io.ternmq.broker.pull;

import org.jspecify.annotations.NullMarked;
