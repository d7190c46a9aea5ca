package io.ternmq.bench.load;

/** Where the answer to one request goes; exactly one of the two is called, on a thread of the client. */
interface Acknowledgement {
    void succeeded();

    void failed(Throwable failure);
}
