/**
 * SQL92 filters: a consumer says by an expression over the properties of messages which of them it wants, in the language
 * that RocketMQ's clients know.
 *
 * <pre>
 *   expression     = and { OR and }
 *   and            = equality { AND equality }
 *   equality       = comparison { ( = | &lt;&gt; ) comparison  |  IS [NOT] NULL }
 *   comparison     = operand { ( &lt; | &lt;= | &gt; | &gt;= ) operand  |  [NOT] BETWEEN operand AND operand
 *                            | [NOT] IN ( text {, text} )  |  [NOT] ( CONTAINS | STARTSWITH | ENDSWITH ) text }
 *   operand        = NOT operand  |  ( + | - ) number  |  ( expression )  |  property  |  text  |  number
 *                  |  TRUE  |  FALSE  |  NULL
 * </pre>
 *
 * <p>Properties are texts. One that is compared with a number is read as a number; where it is none the message does not
 * match, whatever else the expression says, unless an AND or an OR before it has settled the matter. What a missing property is compared with
 * is neither true nor false (SQL's three values). A filter looks at the bytes of a record where they lie. Start at {@link
 * io.ternmq.broker.filter.SqlFilter}.
 */
@NullMarked
package io.ternmq.broker.filter;

import org.jspecify.annotations.NullMarked;
