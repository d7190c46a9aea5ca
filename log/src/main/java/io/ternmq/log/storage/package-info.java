/**
 * The one wall between the storage engine and the disk, so that a test can lose pages, tear writes and fill the disk.
 *
 * <p>A {@link io.ternmq.log.storage.LogDirectory} is one folder, a {@link io.ternmq.log.storage.StorageFile} a file in
 * it. {@link io.ternmq.log.storage.DiskDirectory} is the real one. {@link io.ternmq.log.storage.SliceOutput} and
 * {@link io.ternmq.log.storage.SliceInput} write and read a piece of state that a checkpoint keeps.
 */
@NullMarked
package io.ternmq.log.storage;

import org.jspecify.annotations.NullMarked;
