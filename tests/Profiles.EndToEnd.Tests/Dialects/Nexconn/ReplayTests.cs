namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>Every example of the document, and the examples of the calls beside it, byte for byte.</summary>
internal sealed class ReplayTests : NexconnTest
{
    private const string Document = "001 nexconn";
    private const string Beside = "nexconn, calls beside the document";

    private static readonly DocumentedExample[] Examples =
    [
        new(
            Document,
            40,
            "HTTP",
            """
            POST /v4/user/profile/set
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/json

            {
            "userId": "u1",
            "userProfile": {
            "name": "Nick"
            },
            "userExtProfile": {
            "extProfile": "testpro1"
            }
            }
            """,
            200,
            """
            {
            "code": 0
            }
            """),
        new(
            Beside,
            1,
            "HTTP",
            """
            POST /v4/user/profile/batch/get
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/json

            {
            "userIds": [
            "u1",
            "u2"
            ]
            }
            """,
            200,
            """
            {"code": 0, "result": {"users": [
              {"userId": "u1", "version": 1, "userProfile": {"name": "Nick"}, "userExtProfile": {"extProfile": "testpro1"}}
            ]}}
            """),
        new(
            Beside,
            2,
            "HTTP",
            """
            POST /v4/user/profile/list
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/json

            {
            "page": 1,
            "pageSize": 30,
            "order": 1
            }
            """,
            200,
            """
            {"code": 0, "result": {"users": [
              {"userId": "u1", "version": 1, "userProfile": {"name": "Nick"}, "userExtProfile": {"extProfile": "testpro1"}}
            ]}}
            """),
        new(
            Beside,
            3,
            "HTTP",
            """
            POST /user/profile/set.json
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/x-www-form-urlencoded

            userId=u1&userProfile={"name":"Nick"}&userExtProfile={"ext_Profile":"testpro1"}
            """,
            200,
            """{"code": 200}"""),
        new(
            Beside,
            4,
            "HTTP",
            """
            POST /user/profile/batch/query.json
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/x-www-form-urlencoded

            userId=u1&userId=u2
            """,
            200,
            """
            {"code": 200, "userList": [
              {"userId": "u1", "version": 1, "userProfile": "{\"name\":\"Nick\"}", "userExtProfile": "{\"extProfile\":\"testpro1\"}"}
            ]}
            """),
        new(
            Beside,
            5,
            "HTTP",
            """
            POST /user/profile/query.json
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/x-www-form-urlencoded

            page=1&count=30&order=1
            """,
            200,
            """
            {"code": 200, "userList": [
              {"userId": "u1", "version": 1, "userProfile": "{\"name\":\"Nick\"}", "userExtProfile": "{\"extProfile\":\"testpro1\"}"}
            ]}
            """),
        new(
            Beside,
            6,
            "HTTP",
            """
            POST /user/profile/clean.json
            App-Key: <AppKey>
            Nonce: 14314
            Timestamp: 1408710653491
            Signature: <Signature>
            Content-Type: application/x-www-form-urlencoded

            userId=u1
            """,
            200,
            """{"code": 200}"""),
    ];

    [SetUp]
    public Task PrepareAsync() =>
        SucceedAsync(Set, """{"userId":"u1","userProfile":{"name":"Nick"},"userExtProfile":{"extProfile":"testpro1"}}""");

    [TestCaseSource(nameof(Examples))]
    public Task It_is_answered_as_documented(DocumentedExample example) =>
        ReplayAsync(example, ("AppKey", AppKey), ("Signature", Signature));

    [Test]
    public async Task An_answer_says_that_it_is_in_utf_8()
    {
        var answer = await PostAsync(Set, """{"userId":"u1","userProfile":{"name":"Nick"}}""");

        Assert.That(answer.Response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json; charset=utf-8"));
    }
}
