using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Profiles.Contracts.Zitadel.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;
using Epixel = Profiles.Contracts.Epixel.V1;
using HiveMp = Profiles.Contracts.HiveMp.V1;
using Zitadel = Profiles.Contracts.Zitadel.Auth.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Each dialect over gRPC-Web.</summary>
internal sealed class DialectWebTests : DialectTest
{
    private const byte TrailersFlag = 0x80;

    private static IEnumerable<TestCaseData> Reads()
    {
        yield return Read("zitadel.auth.v1.AuthService/GetMyProfile", new Zitadel.GetMyProfileRequest());
        yield return Read("hivemp.v1.UserAccountService/GetProfile", new HiveMp.GetProfileRequest { Id = "alice" });
        yield return Read("epixel.v1.UserService/GetProfile", new Epixel.GetProfileRequest());
        yield return Read("m2.v1.ProfileService/GetProfile", new Contracts.M2.V1.GetProfileRequest());
        yield return Read("nexconn.v4.UserProfileService/ListUserProfiles", new Contracts.Nexconn.V4.ListUserProfilesRequest(), byServer: true);
        yield return Read("nexconn.v4.ProfileFormService/QueryProfiles", new Contracts.Nexconn.V4.QueryProfilesRequest(), byServer: true);
    }

    [TestCaseSource(nameof(Reads))]
    public async Task A_profile_is_read(string method, IMessage request, bool byServer)
    {
        await SetAsync(new Profile { GivenName = "Minnie", DisplayName = "Minnie", Nickname = "Minnie", PreferredUsername = "Minnie" });

        var (message, trailers) = await CallAsync(method, request, byServer ? ServerToken : UserToken);

        Assert.That(trailers, Does.Contain("grpc-status: 0"));
        Assert.That(Encoding.UTF8.GetString(message), Does.Contain("Minnie"));
    }

    [Test]
    public async Task An_error_has_the_documented_detail()
    {
        var (message, trailers) = await CallAsync("zitadel.auth.v1.AuthService/GetMyProfile", new Zitadel.GetMyProfileRequest(), UserToken);

        var details = trailers.Split("\r\n").Single(line => line.StartsWith("grpc-status-details-bin: ", StringComparison.Ordinal))["grpc-status-details-bin: ".Length..];
        var status = Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details + new string('=', -details.Length & 3)));
        Assert.That(message, Is.Empty);
        Assert.That(status.Details.Single().Unpack<ErrorDetail>().Id, Is.EqualTo("COMMAND-3M9sd"));
    }

    [Test]
    public async Task Zitadel_s_fields_have_the_published_numbers()
    {
        // Written by hand: field, length, text; and the gender as a number.
        byte[] update = [.. Text(1, "A"), .. Text(2, "B"), .. Text(3, "C"), .. Text(4, "D"), .. Text(5, "en"), 6 << 3, 3];

        var (message, trailers) = await CallAsync("zitadel.auth.v1.AuthService/UpdateMyProfile", update, UserToken);

        var stored = await ReadAsync();
        Assert.That(trailers, Does.Contain("grpc-status: 0"));
        Assert.That(
            (stored.GivenName, stored.FamilyName, stored.Nickname, stored.DisplayName, stored.Locale, stored.Gender),
            Is.EqualTo(("A", "B", "C", "D", "en", Gender.Diverse)));
        // Details, and in them the sequence and the owner.
        Assert.That(message.AsSpan(0, 1).ToArray(), Is.EqualTo((byte[])[0x0a]));
        Assert.That(message.AsSpan(2, 2).ToArray(), Is.EqualTo((byte[])[1 << 3, 1]));
        Assert.That(message.AsSpan(message.Length - Organization.Length - 2, 1).ToArray(), Is.EqualTo((byte[])[(4 << 3) | 2]));
    }

    private static byte[] Text(int number, string text) => [(byte)((number << 3) | 2), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static TestCaseData Read(string method, IMessage request, bool byServer = false) =>
        new TestCaseData(method, request, byServer).SetArgDisplayNames(method);

    private Task<(byte[] Message, string Trailers)> CallAsync(string method, IMessage request, string token) => CallAsync(method, request.ToByteArray(), token);

    private async Task<(byte[] Message, string Trailers)> CallAsync(string method, byte[] message, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method) { Content = new ByteArrayContent(RawHttp2.Frame(message)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web+proto");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("apikey", await CreateKeyAsync(ApiKeyType.Public));
        using var response = await Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var body = await response.Content.ReadAsByteArrayAsync();
        var answer = Array.Empty<byte>();
        // An answer without messages has its trailers in the headers.
        if (body.Length == 0)
            return (answer, string.Join("\r\n", response.Headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}")));
        for (var rest = body.AsSpan(); ;)
        {
            var content = rest.Slice(5, (rest[3] << 8) | rest[4]);
            if (rest[0] == TrailersFlag)
                return (answer, Encoding.ASCII.GetString(content));
            answer = content.ToArray();
            rest = rest[(5 + content.Length)..];
        }
    }
}
