// Calls the service of the tests as a browser would, each time with its answers cut otherwise:
//   node connect-web.mjs ADDRESS DESCRIPTORS
// Prints what it saw, one JSON document.
import { readFileSync } from "node:fs";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { createFileRegistry, fromBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const [address, descriptors] = process.argv.slice(2);
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));
const service = registry.getService("wire.tests.v1.ComplianceService");

// A browser's fetch hands a body over in pieces of any size.
const cutEvery = (size) => async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body || size === 0) return response;
  const cut = new TransformStream({
    transform(chunk, controller) {
      for (let start = 0; start < chunk.length; start += size) controller.enqueue(chunk.slice(start, start + size));
    },
  });
  return new Response(response.body.pipeThrough(cut), response);
};

const request = { name: "ä€😀", data: { int64Value: -9223372036854775808n, texts: ["a", ""], flag: true } };
const echo = service.method.echoWhole;

const failureOf = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    const failure = ConnectError.from(error);
    return { code: failure.code, message: failure.rawMessage, told: failure.metadata.get("x-failure"), details: failure.details.map((detail) => detail.type) };
  }
};

const seen = [];
for (const size of [0, 1, 2, 3, 4, 5, 7, 64]) {
  const client = createClient(service, createGrpcWebTransport({ baseUrl: address, fetch: cutEvery(size) }));
  const unary = toJson(echo.output, await client.echoWhole(request), { registry });

  const streamed = [];
  for await (const message of client.echoStream({ request, times: 3 })) streamed.push(toJson(echo.output, message, { registry }));

  const details = [{ typeUrl: "type.googleapis.com/google.protobuf.Empty", value: new Uint8Array() }];
  const failure = { code: Code.DataLoss, message: "half: 100 % ä", details };
  const unaryFailure = await failureOf(() => client.fail(failure));
  let received = 0;
  const streamFailure = await failureOf(async () => {
    for await (const _ of client.echoStream({ request, times: 2, failure })) received++;
  });
  seen.push({ size, unary, streamed, unaryFailure, streamFailure, received });
}
console.log(JSON.stringify(seen));
