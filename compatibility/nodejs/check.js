// The official Node.js client against a running server: sends, filters by tag, orders, delays, receives, acknowledges.
//   ./tern topic create TOPIC && npm install && node check.js 127.0.0.1:8081 TOPIC
'use strict';

const { Producer, SimpleConsumer } = require('rocketmq-client-nodejs');

const [endpoints = '127.0.0.1:8081', topic = 'nodejs-check'] = process.argv.slice(2);
const group = `check-${process.pid}`;
const GIVE_UP_MS = 30_000;

async function main() {
  const consumer = new SimpleConsumer({
    consumerGroup: group, endpoints, subscriptions: new Map().set(topic, group), awaitDuration: 5_000,
  });
  await consumer.startup();
  const producer = new Producer({ endpoints, topics: [topic] });
  await producer.startup();
  const send = message => producer.send({ topic, tag: group, ...message });
  await send({ body: Buffer.from('plain'), keys: ['k1'], properties: new Map([['region', 'north']]) });
  await send({ body: Buffer.from('other'), tag: 'another' });
  await send({ body: Buffer.from('first'), messageGroup: 'g' });
  await send({ body: Buffer.from('second'), messageGroup: 'g' });
  await send({ body: Buffer.from('delayed'), delay: 2_000 });

  const wanted = ['delayed', 'first', 'plain', 'second'];
  const received = new Set(); // a client that sends again after a time-out may have sent one twice
  const givenUpMs = Date.now() + GIVE_UP_MS;
  while (received.size < wanted.length && Date.now() < givenUpMs) {
    for (const message of await consumer.receive(32, 30_000)) {
      received.add(message.body.toString());
      await consumer.ack(message);
    }
  }
  const right = [...received].sort().join() === wanted.join();
  console.log(`${right ? 'ok' : 'wrong'}: received ${[...received].join(', ')}`);
  process.exit(right ? 0 : 1);
}

main().catch(error => {
  console.error(error);
  process.exit(2);
});
