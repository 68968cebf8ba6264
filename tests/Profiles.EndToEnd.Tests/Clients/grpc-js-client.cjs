// A client that shares no code with the server: every call of the contract, with @grpc/grpc-js. Prints what it saw as JSON.
// Usage: node grpc-js-client.cjs <host:port> <token>, in the project's top folder.
'use strict';

const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const [address, token] = process.argv.slice(2);
const definition = protoLoader.loadSync('profiles/v1/profile_service.proto', {
  includeDirs: ['protos'],
  longs: String,
  enums: String,
});
const { ProfileService } = grpc.loadPackageDefinition(definition).profiles.v1;
const client = new ProfileService(address, grpc.credentials.createInsecure());

// Resolves to what a caller gets: the response or the error, with the metadata of either.
function call(rpc, request, headers = { authorization: `Bearer ${token}` }) {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return new Promise((resolve) => {
    const seen = { rpc };
    const running = client[rpc](request, metadata, { deadline: Date.now() + 30000 }, (error, response) => {
      if (error) {
        seen.code = error.code;
        seen.message = error.details;
        const details = error.metadata.get('grpc-status-details-bin')[0];
        seen.details = details ? details.toString('base64') : null;
      } else {
        seen.code = grpc.status.OK;
        seen.response = response;
      }
    });
    running.on('metadata', (received) => { seen.etag = received.get('etag')[0] ?? null; });
    running.on('status', (status) => {
      seen.etag ??= status.metadata.get('etag')[0] ?? null;
      // The callback runs first or in the same turn.
      setImmediate(() => resolve(seen));
    });
  });
}

async function main() {
  const seen = [];
  const say = async (...parameters) => { const result = await call(...parameters); seen.push(result); return result; };
  await say('GetMyProfile', {});
  const written = await say('UpdateMyProfile', { profile: { nickname: 'Al' } });
  await say('GetMyProfile', {});
  await say('UpdateMyProfile', { profile: { nickname: 'Ally', etag: written.response?.profile.etag } });
  await say('UpdateMyProfile', { profile: { nickname: 'Alice', etag: written.response?.profile.etag } });
  await say('UpdateMyProfile', { profile: { currency: 'gold' } });
  await say('ListMyProfileChanges', {});
  await say('SetProfile', { userId: 'bob', profile: { givenName: 'Bob', level: 7, attributes: { tier: 'gold' } } });
  await say('GetProfile', { userId: 'bob' });
  await say('BatchSetProfiles', { requests: [{ userId: 'carol', profile: { gender: 'GENDER_DIVERSE' } }, { userId: 'a b', profile: {} }] });
  await say('BatchGetProfiles', { userIds: ['bob', 'nobody', 'carol'] });
  await say('ListProfiles', { pageSize: 2 });
  await say('ListProfileChanges', { userId: 'bob' });
  await say('DeleteProfile', { userId: 'bob' });
  await say('GetProfile', { userId: 'bob' }, {});
  client.close();
  process.stdout.write(JSON.stringify(seen));
}

main().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exitCode = 1; });
