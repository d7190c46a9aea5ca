// The official Node.js client against a running server: sends, filters by tag, orders, delays, receives, acknowledges,
// and gets large bodies whole that others compressed in a way that it cannot undo.
//   ./tern topic create TOPIC && npm install && node check.js 127.0.0.1:8081 TOPIC
'use strict';

const { randomUUID } = require('node:crypto');
const { deflateSync } = require('node:zlib');
const grpc = require('@grpc/grpc-js');
const { Producer, SimpleConsumer } = require('rocketmq-client-nodejs');
const definition = require('rocketmq-client-nodejs/proto/apache/rocketmq/v2/definition_pb');
const service = require('rocketmq-client-nodejs/proto/apache/rocketmq/v2/service_pb');
const { MessagingServiceClient } = require('rocketmq-client-nodejs/proto/apache/rocketmq/v2/service_grpc_pb');

const [endpoints = '127.0.0.1:8081', topic = 'nodejs-check'] = process.argv.slice(2);
const group = `check-${process.pid}`;
const GIVE_UP_MS = 30_000;

/** Sends as the C++ client does: with zlib, and calls it gzip. */
function sendCompressed(body) {
  const properties = new definition.SystemProperties();
  properties.setMessageId(randomUUID()).setTag(group).setBodyEncoding(definition.Encoding.GZIP);
  const message = new definition.Message();
  message.setTopic(new definition.Resource().setName(topic)).setBody(deflateSync(body)).setSystemProperties(properties);
  const request = new service.SendMessageRequest();
  request.addMessages(message);
  const headers = new grpc.Metadata();
  headers.set('x-mq-client-id', `cpp-${process.pid}`);
  const client = new MessagingServiceClient(endpoints, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    client.sendMessage(request, headers, (error, answer) => error ? reject(error) : resolve(answer));
  });
}

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
  const large = 'compressible '.repeat(20_000);
  await sendCompressed(Buffer.from(large));

  const wanted = [large, 'delayed', 'first', 'plain', 'second'].sort();
  const received = new Set(); // a client that sends again after a time-out may have sent one twice
  const givenUpMs = Date.now() + GIVE_UP_MS;
  while (received.size < wanted.length && Date.now() < givenUpMs) {
    for (const message of await consumer.receive(32, 30_000)) {
      received.add(message.body.toString());
      await consumer.ack(message);
    }
  }
  const right = [...received].sort().join() === wanted.join();
  console.log(`${right ? 'ok' : 'wrong'}: received ${[...received].map(body => body.substring(0, 20)).join(', ')}`);
  process.exit(right ? 0 : 1);
}

main().catch(error => {
  console.error(error);
  process.exit(2);
});
