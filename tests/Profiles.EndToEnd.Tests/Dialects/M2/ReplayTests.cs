using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.M2;

/// <summary>Every example of the document, byte for byte.</summary>
internal sealed class ReplayTests : M2Test
{
    private const string Document = "002 m2";

    private static readonly DocumentedExample[] Examples =
    [
        new(
            Document,
            22,
            "HTTP",
            """
            GET /api/profile/
            x-api-key: <UserKey>
            x-m2-organization-id: <Organization>
            Accept: */*
            """,
            200,
            """
            {
              "username": "text",
              "profilePictureUrl": "(text)",
              "avatar": {
                "url": "(text)",
                "datasourceId": "text",
                "objectDefinitionId": "text"
              },
              "evmLinkedWalletAddress": "(text)"
            }
            """),
        new(
            Document,
            87,
            "HTTP",
            """
            PUT /api/profile/
            x-api-key: <UserKey>
            x-m2-organization-id: <Organization>
            Content-Type: application/json
            Accept: */*

            {
              "username": "text",
              "profilePicture": null,
              "profilePictureObjectDefinitionId": {
                "datasourceId": "text",
                "objectDefinitionId": "text"
              },
              "avatarObjectDefinitionId": {
                "datasourceId": "text",
                "objectDefinitionId": "text"
              }
            }
            """,
            200,
            """
            {
              "username": "text",
              "profilePictureUrl": "(text)",
              "avatarObjectDefinitionId": {
                "datasourceId": "text",
                "objectDefinitionId": "text"
              }
            }
            """),
        new(
            Document,
            152,
            "HTTP",
            """
            POST /api/profile/username/deny/
            x-api-key: <ServerKey>
            x-m2-organization-id: <Organization>
            Content-Type: application/json
            Accept: */*

            {
              "ANY_ADDITIONAL_PROPERTY": "text"
            }
            """,
            204,
            ""),
        new(
            Document,
            190,
            "HTTP",
            """
            DELETE /api/profile/username/deny/
            x-api-key: <ServerKey>
            x-m2-organization-id: <Organization>
            Content-Type: application/json
            Accept: */*

            [
              "banned"
            ]
            """,
            200,
            """
            {
              "usernamesDeleted": [
                "banned"
              ],
              "usernamesInUse": []
            }
            """),
        new(
            Document,
            190,
            "HTTP",
            """
            DELETE /api/profile/username/deny/
            x-api-key: <ServerKey>
            x-m2-organization-id: <Organization>
            Content-Type: application/json
            Accept: */*

            [
              "text"
            ]
            """,
            200,
            """
            {
              "usernamesDeleted": [],
              "usernamesInUse": [
                "text"
              ]
            }
            """),
        new(
            Document,
            237,
            "HTTP",
            """
            PUT /api/profile/username/denylist/
            x-api-key: <ServerKey>
            x-m2-organization-id: <Organization>
            Content-Type: application/json
            Accept: */*

            [
              "nobody"
            ]
            """,
            204,
            ""),
        new(
            Document,
            237,
            "HTTP",
            """
            PUT /api/profile/username/denylist/
            x-api-key: <ServerKey>
            x-m2-organization-id: <Organization>
            Content-Type: application/json
            Accept: */*

            [
              "text"
            ]
            """,
            409,
            """
            [
              "text"
            ]
            """),
    ];

    [SetUp]
    public async Task PrepareAsync()
    {
        var reference = new ObjectReference { DatasourceId = "text", ObjectDefinitionId = "text" };
        await SetAsync(new Profile
        {
            PreferredUsername = "text",
            Picture = "https://example.com/picture.png",
            AvatarUrl = "https://example.com/avatar.glb",
            AvatarObject = reference,
            EvmWalletAddress = $"0x{new string('a', 40)}",
        });
        await Usernames.DenyUsernamesAsync(new DenyUsernamesRequest { Usernames = { ["banned"] = "" } }, AsModerator);
    }

    [TestCaseSource(nameof(Examples))]
    public Task It_is_answered_as_documented(DocumentedExample example) =>
        ReplayAsync(example, ("UserKey", UserKey), ("ServerKey", ServerKey), ("Organization", Organization));

    [TestCaseSource(nameof(Examples))]
    public Task The_same_without_the_slash_at_the_end(DocumentedExample example) => ReplayAsync(
        example with { Request = example.Request.Replace("/\n", "\n", StringComparison.Ordinal) },
        ("UserKey", UserKey), ("ServerKey", ServerKey), ("Organization", Organization));
}
