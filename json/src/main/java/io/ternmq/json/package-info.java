/** Message bodies as JSON: with this module on the class path any object can be a body, and be read from one. */
@NullMarked
package io.ternmq.json;

import org.jspecify.annotations.NullMarked;
