/**
 * Transactional messages. A half message waits in a queue that nobody reads until its producer decides:
 *
 * <pre>
 *   send      half message + HalfPrepared                one command
 *   commit    copy in the real queue + HalfDecided       one command
 *   rollback  HalfDecided
 *   nothing   HalfChecked, and a producer of the group is asked; again and again, up to a limit
 *   limit     copy for operators + HalfDecided           one command
 *   retention copy at the log's head + HalfCarried       one command
 * </pre>
 *
 * So a crash at any moment leaves a half message undecided or decided, never lost and never both. Start at {@link
 * io.ternmq.broker.transaction.Transactions}.
 */
@NullMarked
package io.ternmq.broker.transaction;

import org.jspecify.annotations.NullMarked;
