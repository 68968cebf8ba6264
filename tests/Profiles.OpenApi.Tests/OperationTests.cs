using System.Text.Json.Nodes;
using Profiles.OpenApi.Tests.Support;

namespace Profiles.OpenApi.Tests;

/// <summary>Each binding of a contract is an operation.</summary>
internal sealed class OperationTests
{
    private const string Picture = """{"$ref":"#/components/schemas/openapi.tests.v1.Picture"}""";

    private TestApp app = null!;
    private ServedDocumentText document = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        app = await TestApp.StartAsync();
        document = await app.GetDocumentAsync();
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => app.DisposeAsync();

    // A path of each kind of template, with the parameters that it becomes.
    [TestCase("get", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "GalleryService_GetPicture", "shelvesId,picturesId")]
    [TestCase("get", "/v1/pictures/{name}", "GalleryService_GetPicture2", "name")]
    [TestCase("get", "/v1/any/{anyId}/{name}", "GalleryService_GetPicture3", "anyId,name")]
    [TestCase("get", "/v1/pictures", "GalleryService_FindPictures", "")]
    [TestCase("post", "/v1/pictures:find", "GalleryService_FindPictures2", "")]
    [TestCase("get", "/v1/pictures/{name}/tags", "GalleryService_GetTags", "name")]
    [TestCase("post", "/v1/shelves/{shelf}/pictures", "GalleryService_CreatePicture", "shelf")]
    [TestCase("patch", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "GalleryService_UpdatePicture", "shelvesId,picturesId")]
    [TestCase("put", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "GalleryService_UpdatePicture2", "shelvesId,picturesId")]
    [TestCase("patch", "/v1/everyKind", "GalleryService_UpdateEveryKind", "")]
    [TestCase("post", "/v1/everyKind", "GalleryService_EchoEveryKind", "")]
    [TestCase("get", "/v1/everyKind", "GalleryService_EchoEveryKind2", "")]
    [TestCase("patch", "/v1/pictures:change", "GalleryService_ChangePicture", "")]
    [TestCase("put", "/v1/pictures:change", "GalleryService_ChangePicture2", "")]
    [TestCase("patch", "/v1/labels/{name}", "GalleryService_ChangeLabels", "name")]
    [TestCase("post", "/v1/shelves/{shelf}/{options.kind}:import", "GalleryService_ImportPictures", "shelf,options.kind")]
    [TestCase("put", "/v1/pictures/{name}/title", "GalleryService_SetTitle", "name")]
    [TestCase("put", "/v1/pictures/{name}/tags", "GalleryService_SetTags", "name")]
    [TestCase("put", "/v1/pictures/{name}/labels", "GalleryService_SetLabels", "name")]
    [TestCase("put", "/v1/pictures/{name}/thumbnail", "GalleryService_SetThumbnail", "name")]
    [TestCase("put", "/v1/pictures/{name}/content", "GalleryService_SetContent", "name")]
    [TestCase("post", "/v1/pictures/{name}/content", "GalleryService_SetContent2", "name")]
    [TestCase("get", "/v1/pictures/{name}/content", "GalleryService_GetContent", "name")]
    [TestCase("post", "/v1/body", "GalleryService_EchoBody", "")]
    [TestCase("get", "/v1/pictures:watch", "GalleryService_WatchPictures", "")]
    [TestCase("get", "/v1/pictures/{name}:download", "GalleryService_Download", "name")]
    [TestCase("delete", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "GalleryService_DeletePicture", "shelvesId,picturesId")]
    [TestCase("SEARCH", "/v1/pictures", "GalleryService_SearchPictures", "")]
    [TestCase("post", "/v1/whatever", "GalleryService_SearchPictures2", "")]
    [TestCase("post", "/v1/pictures/{name}", "GalleryService_TouchPicture", "name")]
    [TestCase("post", "/v1/exchange", "ExchangeService_Exchange", "")]
    [TestCase("delete", "/v1/exchange/{exchangeId}", "ExchangeService_Forget", "exchangeId")]
    public void A_binding(string method, string path, string id, string parameters)
    {
        var operation = document.Operations.Single(found => found.Method == method && found.Path == path).Operation;

        Assert.That((string?)operation["operationId"], Is.EqualTo(id));
        Assert.That(
            Parameters(operation).Where(parameter => (string?)parameter["in"] == "path").Select(Name),
            Is.EqualTo(parameters.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void There_are_no_others()
    {
        const int Bindings = 32;

        Assert.That(document.Operations.Count(), Is.EqualTo(Bindings));
    }

    [Test]
    public void A_binding_that_OpenAPI_cannot_tell_from_another_is_left_out_aloud() =>
        Assert.That(app.Logs.Of(3100), Is.EqualTo((string[])[
            "OpenAPI cannot tell GET /v1/pictures/{name} of /openapi.tests.v1.GalleryService/TouchPicture from a path that another "
            + "method has: it is left out of the document "]));

    [Test]
    public void A_parameter_of_the_path_is_described()
    {
        var named = Parameter("get", "/v1/pictures/{name}", "name");
        var part = Parameter("get", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "picturesId");
        var rest = Parameter("get", "/v1/any/{anyId}/{name}", "name");
        var number = Parameter("delete", "/v1/exchange/{exchangeId}", "exchangeId");

        JsonAssert.Same(named, """{"name":"name","in":"path","description":"The picture.","schema":{"type":"string"},"required":true}""");
        Assert.That((string?)part["description"], Is.EqualTo("The picture.\n\nA part of `name`, which is `shelves/*/pictures/*`."));
        Assert.That((string?)rest["description"], Does.StartWith("The picture.\n\nAll segments that are left"));
        Assert.That((string?)number["schema"]!["format"], Is.EqualTo("int64"));
    }

    [TestCase("pageSize", """{"name":"pageSize","in":"query","description":"At most so many.","schema":{"type":"integer","format":"int32"}}""")]
    [TestCase("colors", """{"name":"colors","in":"query","schema":{"type":"array","items":{"$ref":"#/components/schemas/openapi.tests.v1.Color"}}}""")]
    [TestCase("filter.since", """{"name":"filter.since","in":"query","schema":{"type":"string","format":"date-time"}}""")]
    [TestCase("filter.owner", """{"name":"filter.owner","in":"query","schema":{"type":"string"},"required":true}""")]
    [TestCase("orderBy", """{"name":"orderBy","in":"query","description":"At most one of the group `order`.","schema":{"type":"string"}}""")]
    public void A_parameter_of_the_query(string name, string expected) => JsonAssert.Same(Parameter("get", "/v1/pictures", name), expected);

    // Fields with a text form, neither output-only nor given elsewhere; a recursive message once.
    [TestCase("get", "/v1/pictures", "pageSize,colors,filter.since,filter.owner,filter.not.since,filter.not.owner,orderBy,orderByColor")]
    [TestCase("post", "/v1/pictures:find", "")]
    [TestCase("post", "/v1/shelves/{shelf}/pictures", "pictureId")]
    [TestCase("patch", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "updateMask")]
    [TestCase("put", "/v1/pictures/{name}/title", "tags,thumbnail")]
    [TestCase("post", "/v1/shelves/{shelf}/{options.kind}:import", "")]
    public void The_query(string method, string path, string names) =>
        Assert.That(string.Join(',', Parameters(document.Operation(method, path)).Where(IsQuery).Select(Name)), Is.EqualTo(names));

    [Test]
    public void An_inferred_mask_says_so() =>
        Assert.That(
            (string?)Parameter("patch", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "updateMask")["description"],
            Is.EqualTo("What to change.\n\nFollows from the body unless it is sent."));

    [TestCase("put", "/v1/pictures/{name}/title", "application/json", """{"type":"string"}""")]
    [TestCase("put", "/v1/pictures/{name}/tags", "application/json", """{"type":"array","items":{"type":"string"}}""")]
    [TestCase("put", "/v1/pictures/{name}/labels", "application/json", """{"type":"object","additionalProperties":{"type":"string"}}""")]
    [TestCase("put", "/v1/pictures/{name}/thumbnail", "application/json", """{"type":"string","contentEncoding":"base64"}""")]
    [TestCase("put", "/v1/pictures/{name}/thumbnail", "application/octet-stream", """{"type":"string","format":"binary"}""")]
    [TestCase("put", "/v1/pictures/{name}/content", "*/*", """{"type":"string","format":"binary"}""")]
    [TestCase("post", "/v1/body", "*/*", """{"type":"string","format":"binary"}""")]
    [TestCase("put", "/v1/pictures:change", "application/json", """{"$ref":"#/components/schemas/openapi.tests.v1.ChangePictureRequest"}""")]
    [TestCase("post", "/v1/shelves/{shelf}/pictures", "application/json", Picture)]
    [TestCase("patch", "/v1/everyKind", "application/json", """{"$ref":"#/components/schemas/openapi.tests.v1.EveryKind.Patch"}""")]
    [TestCase("post", "/v1/everyKind", "application/json", """{"$ref":"#/components/schemas/openapi.tests.v1.EveryKind"}""")]
    public void A_body(string method, string path, string type, string expected) => JsonAssert.Same(Body(method, path, type), expected);

    // What the path gives is not in the body, and neither are its siblings in a oneof.
    [TestCase("patch", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "title,tags,labels,frame,color,createTime", null)]
    [TestCase("put", "/v1/shelves/{shelvesId}/pictures/{picturesId}", "title,tags,labels,frame,color,createTime", """["title"]""")]
    [TestCase("post", "/v1/shelves/{shelf}/{options.kind}:import", "options,pictures", """["pictures"]""")]
    [TestCase("post", "/v1/pictures/{name}/content", "content,parts,note,frame", """["note"]""")]
    public void A_body_beside_a_path(string method, string path, string names, string? required)
    {
        var body = Body(method, path, "application/json");

        Assert.That(Names(body), Is.EqualTo(names));
        JsonAssert.Same(body["required"], required ?? "null");
    }

    [Test]
    public void A_message_within_a_body_lacks_what_the_path_gives() =>
        Assert.That(Names(Body("post", "/v1/shelves/{shelf}/{options.kind}:import", "application/json")["properties"]!["options"]!), Is.EqualTo("overwrite"));

    [TestCase("put", "/v1/pictures/{name}/content", false)]
    [TestCase("put", "/v1/pictures/{name}/title", true)]
    [TestCase("put", "/v1/pictures/{name}/tags", false)]
    [TestCase("patch", "/v1/everyKind", true)]
    [TestCase("post", "/v1/everyKind", true)]
    public void A_body_is_required(string method, string path, bool expected) =>
        Assert.That((bool?)document.Operation(method, path)["requestBody"]!["required"] ?? false, Is.EqualTo(expected));

    [TestCase("patch", "Changes the fields whose keys are present and leaves the others; `null` clears one.")]
    [TestCase("put", "Replaces all fields: one that is absent is cleared.")]
    public void An_update_says_what_it_changes(string method, string expected) =>
        Assert.That(
            (string?)document.Operation(method, "/v1/shelves/{shelvesId}/pictures/{picturesId}")["requestBody"]!["description"],
            Is.EqualTo($"{expected}\n\nAt most 4,194,304 bytes.\n\nJSON may be 64 levels deep and have 100,000 properties and elements.\n\nA form may have 1,000 fields."));

    [Test]
    public void A_form_has_the_fields_with_a_text_form()
    {
        var form = Body("post", "/v1/pictures/{name}/content", "application/x-www-form-urlencoded");

        Assert.That(Names(form), Is.EqualTo("content.contentType,content.data,parts,note,frame.material,frame.width"));
        JsonAssert.Same(form["required"], """["note"]""");
    }

    [Test]
    public void A_form_of_parts_takes_files_and_json()
    {
        var media = document.Operation("post", "/v1/pictures/{name}/content")["requestBody"]!["content"]!["multipart/form-data"]!;

        JsonAssert.Same(
            media,
            """
            {
              "schema": {
                "type": "object",
                "properties": {
                  "content": {"type": "string", "format": "binary"},
                  "parts": {"type": "array", "items": {"type": "string", "format": "binary"}},
                  "note": {"type": "string"},
                  "frame": {"$ref": "#/components/schemas/openapi.tests.v1.Frame"}
                },
                "required": ["note"]
              },
              "encoding": {"frame": {"contentType": "application/json"}}
            }
            """);
    }

    [TestCase("put", "/v1/pictures/{name}/content", "content,parts,note,frame", """["note"]""")]
    [TestCase("put", "/v1/pictures/{name}/thumbnail", "title,tags,labels,thumbnail", """["title"]""")]
    public void A_body_that_is_a_file_may_be_one_of_a_form(string method, string path, string names, string required)
    {
        var form = Body(method, path, "multipart/form-data");
        var operation = document.Operation(method, path);

        Assert.That(Names(form), Is.EqualTo(names));
        JsonAssert.Same(form["required"], required);
        Assert.That(operation["requestBody"]!["content"]!.AsObject().ContainsKey("application/x-www-form-urlencoded"), Is.False);
        Assert.That((string?)operation["requestBody"]!["description"], Does.Contain("Or a form that has all fields of the request, the body as its file `"));
        Assert.That(
            Parameters(operation).Where(IsQuery).Select(parameter => (string?)parameter["description"]),
            Is.Not.Empty.And.All.Contain("A form has it as a field instead"));
        Assert.That(Parameters(operation).Where(IsQuery).Select(parameter => parameter["required"]), Is.All.Null, "A form cannot have them in the query.");
    }

    [Test]
    public void A_message_of_the_body_whose_keys_say_what_changes()
    {
        var body = Body("patch", "/v1/pictures:change", "application/json");
        var flat = Body("patch", "/v1/labels/{name}", "application/json");

        JsonAssert.Same(body["properties"]!["picture"], """{"$ref":"#/components/schemas/openapi.tests.v1.Picture.Patch","description":"As it is to be."}""");
        JsonAssert.Same(body["properties"]!["notify"], """{"type":"boolean"}""");
        Assert.That(Names(flat), Is.EqualTo("labels,title,mask"));
        JsonAssert.Same(flat["properties"]!["title"], """{"type":["string","null"]}""");
        Assert.That(flat["required"], Is.Null);
    }

    [TestCase("patch", "/v1/pictures:change", "Changes the fields of `picture` whose keys are present and leaves the others; `null` clears one. Where `updateMask` is sent, that says what to change.")]
    [TestCase("put", "/v1/pictures:change", "Replaces all fields of `picture`: one that is absent is cleared. Where `updateMask` is sent, that says what to change.")]
    [TestCase("patch", "/v1/labels/{name}", "Changes the fields whose keys are present and leaves the others; `null` clears one. Where `mask` is sent, that says what to change.")]
    public void A_body_says_what_it_changes(string method, string path, string expected) =>
        Assert.That((string?)document.Operation(method, path)["requestBody"]!["description"], Does.Contain(expected));

    [Test]
    public void A_method_says_what_it_answers_beside_200()
    {
        var responses = document.Operation("get", "/v1/pictures/{name}/content")["responses"]!;

        JsonAssert.Same(responses["204"], """{"description":"There is none."}""");
        JsonAssert.Same(responses["304"], """{"description":"The reader has it."}""");
        JsonAssert.Same(
            responses["307"],
            """{"description":"It is elsewhere.","headers":{"Location":{"description":"Where to send the same request.","schema":{"type":"string","format":"uri-reference"}}}}""");
        JsonAssert.Same(
            document.Operation("post", "/v1/shelves/{shelf}/pictures")["responses"]!["201"],
            $$$$"""{"description":"It is new.","content":{"application/json":{"schema":{{{{Picture}}}}}}}""");
    }

    [TestCase("get", "/v1/pictures/{name}", "application/json", Picture)]
    [TestCase("get", "/v1/pictures/{name}/tags", "application/json", """{"type":"array","items":{"type":"string"}}""")]
    [TestCase("get", "/v1/pictures/{name}/content", "*/*", """{"type":"string","format":"binary"}""")]
    [TestCase("post", "/v1/body", "*/*", """{"type":"string","format":"binary"}""")]
    [TestCase("get", "/v1/pictures/{name}:download", "*/*", """{"type":"string","format":"binary"}""")]
    [TestCase("get", "/v1/pictures:watch", "text/event-stream", """{"type":"string"}""")]
    [TestCase("put", "/v1/pictures/{name}/title", "application/json", """{"type":"object"}""")]
    public void An_answer(string method, string path, string type, string expected) =>
        JsonAssert.Same(document.Operation(method, path)["responses"]!["200"]!["content"]![type]!["schema"], expected);

    [Test]
    public void A_line_of_a_stream_is_a_message_or_an_error() =>
        JsonAssert.Same(
            document.Operation("get", "/v1/pictures:watch")["responses"]!["200"]!["content"]!["application/x-ndjson"]!["schema"],
            $$$"""
            {"anyOf": [
              {{{Picture}}},
              {"type": "object", "properties": {"error": {"$ref": "#/components/schemas/google.rpc.Status"}}, "required": ["error"]}
            ]}
            """);

    [TestCase("get", "/v1/pictures/{name}", "200,400,default")]
    [TestCase("put", "/v1/pictures/{name}/title", "200,400,413,default")]
    [TestCase("get", "/v1/pictures/{name}/content", "200,204,304,307,400,default")]
    [TestCase("post", "/v1/shelves/{shelf}/pictures", "201,202,400,413,default")]
    public void The_answers(string method, string path, string statuses) =>
        Assert.That(string.Join(',', document.Operation(method, path)["responses"]!.AsObject().Select(member => member.Key)), Is.EqualTo(statuses));

    [TestCase("400")]
    [TestCase("413")]
    [TestCase("default")]
    public void An_error_has_two_forms(string status) =>
        JsonAssert.Same(
            document.Operation("put", "/v1/pictures/{name}/title")["responses"]![status]!["content"],
            """
            {
              "application/json": {"schema": {"$ref": "#/components/schemas/google.rpc.Status"}},
              "application/problem+json": {"schema": {"$ref": "#/components/schemas/rfc9457.Problem"}}
            }
            """);

    [Test]
    public void Comments_and_tags_are_those_of_the_contract()
    {
        var operation = document.Operation("get", "/v1/shelves/{shelvesId}/pictures/{picturesId}");
        var single = document.Operation("post", "/v1/everyKind");

        JsonAssert.Same(operation["tags"], """["GalleryService"]""");
        Assert.That((string?)operation["summary"], Is.EqualTo("Returns a picture"));
        Assert.That((string?)operation["description"], Is.EqualTo("Returns a `picture`. It has to be there."));
        Assert.That((string?)operation["responses"]!["200"]!["description"], Is.EqualTo("A picture."));
        Assert.That((string?)single["summary"], Is.EqualTo("Echoes what it gets"));
        Assert.That(single.ContainsKey("description"), Is.False);
        JsonAssert.Same(
            document.Json["tags"],
            """
            [
              {"name": "GalleryService", "description": "Keeps pictures.\n\nAs many as you like."},
              {"name": "ExchangeService", "description": "A service with options of its own."}
            ]
            """);
    }

    [Test]
    public void A_deprecated_method_says_so()
    {
        Assert.That((bool?)document.Operation("delete", "/v1/shelves/{shelvesId}/pictures/{picturesId}")["deprecated"], Is.True);
        Assert.That(document.Operation("get", "/v1/pictures").ContainsKey("deprecated"), Is.False);
    }

    [Test]
    public async Task A_validator_finds_nothing() => Assert.That(await Node.CheckAsync(document.Json), Is.Empty);

    private static string? Name(JsonNode parameter) => (string?)parameter["name"];

    private static bool IsQuery(JsonNode parameter) => (string?)parameter["in"] == "query";

    private static string Names(JsonNode schema) => string.Join(',', schema["properties"]!.AsObject().Select(property => property.Key));

    private static IEnumerable<JsonNode> Parameters(JsonObject operation) => operation["parameters"]?.AsArray().Select(node => node!) ?? [];

    private JsonNode Parameter(string method, string path, string name) =>
        Parameters(document.Operation(method, path)).Single(parameter => Name(parameter) == name);

    private JsonNode Body(string method, string path, string type) =>
        document.Operation(method, path)["requestBody"]!["content"]![type]!["schema"]!;
}
