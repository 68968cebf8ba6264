// ProtoJSON by an implementation that shares no code with ours: @bufbuild/protobuf.
//
// Standard input: {"descriptors", "type", "messages": [{"binary", "json"}]}, the descriptors (a FileDescriptorSet) and the messages
// in base64. Standard output: for each message, the binary form of what was read from "json" and the JSON written for "binary".
'use strict';

const { createFileRegistry, fromBinary, fromJsonString, toBinary, toJsonString } = require('@bufbuild/protobuf');
const { FileDescriptorSetSchema } = require('@bufbuild/protobuf/wkt');

const bytes = (base64) => Buffer.from(base64, 'base64');
const input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes(input.descriptors)));
const schema = registry.getMessage(input.type);

const answers = input.messages.map(({ binary, json }) => ({
  binary: Buffer.from(toBinary(schema, fromJsonString(schema, json, { registry }))).toString('base64'),
  json: toJsonString(schema, fromBinary(schema, bytes(binary)), { registry }),
}));
process.stdout.write(JSON.stringify(answers));
