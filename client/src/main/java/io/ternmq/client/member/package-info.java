/** Being a member of consumer groups: telling brokers of it every so often, and hearing who else is. Start at {@link io.ternmq.client.member.Presence}. */
@NullMarked
package io.ternmq.client.member;

import org.jspecify.annotations.NullMarked;
