// Calls the server with types that openapi-typescript made of its document. Prints one JSON text for each call.
// Arguments: the server's address, a user's token, a server's token, the path of an image.
import { readFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.mjs";

type Profile = components["schemas"]["profiles.v1.Profile"];
type PictureForm = paths["/v1/users/me/picture"]["put"]["requestBody"]["content"]["multipart/form-data"];

// A picture in an object store is at this address; nothing else comes with it.
type Elsewhere = paths["/v1/pictures/{pictureId}"]["get"]["responses"][307];
export const addressOf = (answer: Elsewhere): string | undefined => answer.headers.Location;

const [baseUrl, userToken, serverToken, imagePath] = process.argv.slice(2) as [string, string, string, string];
const clientOf = (token?: string) => createClient<paths>({ baseUrl, headers: token ? { authorization: `Bearer ${token}` } : {} });
const [user, server, stranger] = [clientOf(userToken), clientOf(serverToken), clientOf()];

const print = (call: string, response: Response, content: unknown) =>
  console.log(JSON.stringify({ call, status: response.status, etag: response.headers.get("etag"), content }));

const requestId = crypto.randomUUID();
const change = { body: { givenName: "Alice", gender: "GENDER_FEMALE", attributes: { tier: "gold" } } } as const;
const written = await user.PATCH("/v1/users/me/profile", { ...change, params: { header: { "Idempotency-Key": requestId } } });
print("write", written.response, written.data?.details);
const again = await user.PATCH("/v1/users/me/profile", { ...change, params: { header: { "Idempotency-Key": requestId } } });
print("retry", again.response, again.data?.profile?.revision);

const read = await user.GET("/v1/users/me/profile");
const mine: Profile = read.data!;
print("read", read.response, { name: mine.givenName, gender: mine.gender, tier: mine.attributes?.["tier"], created: mine.createTime });
const known = await user.GET("/v1/users/me/profile", { params: { header: { "If-None-Match": read.response.headers.get("etag")! } } });
print("read again", known.response, known.data ?? null);

const cleared = await user.PATCH("/v1/users/me/profile", { body: { givenName: null, attributes: { tier: null } } });
print("clear", cleared.response, { name: cleared.data?.profile?.givenName ?? null, attributes: cleared.data?.profile?.attributes ?? null });
const stale = await user.PUT("/v1/users/me/profile", { body: mine, params: { header: { "If-Match": read.response.headers.get("etag")! } } });
print("write stale", stale.response, stale.error?.details?.[0]?.reason);

const wrong = await user.PATCH("/v1/users/me/profile", { body: { currency: "gold" } });
print("write wrong", wrong.response, wrong.error?.details?.[1]?.fieldViolations?.map((violation) => violation.field));
const refused = await stranger.GET("/v1/users/me/profile");
print("stranger", refused.response, refused.error?.details?.[0]?.reason);
const problem = await stranger.GET("/v1/users/me/profile", { headers: { accept: "application/problem+json" } });
print("problem", problem.response, (problem.error as components["schemas"]["rfc9457.Problem"]).code);

const path = { userId: "a:b@c-d._" };
const set = await server.PUT("/v1/profiles/{userId}", { params: { path, query: { mustExist: false } }, body: { displayName: "Bob", level: 7 } });
print("set", set.response, { level: set.data?.profile?.level, unchanged: set.data?.unchanged ?? false });
const found = await server.GET("/v1/profiles/{userId}", { params: { path } });
print("get", found.response, found.data?.userId);
const batch = await server.POST("/v1/profiles:batchGet", { body: { userIds: [path.userId, "nobody"] } });
print("batch", batch.response, { found: batch.data?.profiles?.length, missing: batch.data?.missingUserIds });
const list = await server.GET("/v1/profiles", { params: { query: { pageSize: 1, orderBy: "create_time desc" } } });
print("list", list.response, { first: list.data?.profiles?.[0]?.userId, more: list.data?.nextPageToken !== undefined });
// The image as a file of a form, with a field beside it.
const image = new Blob([await readFile(imagePath)], { type: "image/jpeg" });
const uploaded = await user.PUT("/v1/users/me/picture", {
  body: { image: "", crop: { left: 10, top: 20, width: 100, height: 100 } },
  bodySerializer: (body) => {
    const form = new FormData();
    form.set("image", image, "picture.jpg");
    form.set("crop", new Blob([JSON.stringify((body as PictureForm).crop)], { type: "application/json" }));
    return form;
  },
});
const pictureId = uploaded.data!.pictureId!;
print("upload", uploaded.response, uploaded.data?.profile?.picture?.endsWith(pictureId));
const picture = await stranger.GET("/v1/pictures/{pictureId}", { params: { path: { pictureId } }, parseAs: "blob" });
print("picture", picture.response, picture.response.headers.get("content-type"));

const deleted = await server.DELETE("/v1/profiles/{userId}", { params: { path } });
print("delete", deleted.response, deleted.data?.details?.sequence);

// What follows is never run. It must not compile: an expected error that is none fails the compiler.
export const wrongTypes = async () => {
  // @ts-expect-error There is no such field.
  const misspelt: Profile = { givenNames: "Alice" };
  // @ts-expect-error There is no such value.
  await user.PATCH("/v1/users/me/profile", { body: { gender: "female" } });
  // @ts-expect-error A body is needed.
  await user.PATCH("/v1/users/me/profile", {});
  // @ts-expect-error A parameter of the path is needed.
  await server.GET("/v1/profiles/{userId}", {});
  // @ts-expect-error The users are needed.
  await server.POST("/v1/profiles:batchGet", { body: {} });
  // @ts-expect-error A picture is cut by numbers.
  await user.PUT("/v1/users/me/picture", { body: { image: "", crop: { left: "10" } } });
  // @ts-expect-error There is no such path.
  await server.GET("/v1/profile", { body: misspelt });
};
