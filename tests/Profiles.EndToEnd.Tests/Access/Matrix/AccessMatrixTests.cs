using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;
using Headers = (string Name, string Value)[];

namespace Profiles.EndToEnd.Tests.Access.Matrix;

/// <summary>
/// Every credential on every RPC, over gRPC and over REST, on the own user, another user and another organization: all of it is as
/// docs/access.md says, and what is refused leaves no trace.
/// </summary>
internal sealed class AccessMatrixTests
{
    private const string OtherUser = "bob";
    private const string OrganizationHeader = "x-organization-id";
    private const string Unknown = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988";
    private const string Ok = "OK 200";
    private const string Unauthenticated = "401";
    private const string Forbidden = "PermissionDenied 403 ORGANIZATION_FORBIDDEN";

    private static readonly AccessTable Table = AccessTable.Read();

    private AdministrationClients clients = null!;
    private MatrixCredentials credentials = null!;
    private HttpClient http = null!;
    private string own = null!;
    private string other = null!;

    private static IEnumerable<string> Rpcs => MatrixCalls.Rpcs;

    private static IEnumerable<string> RpcsOfUsers => MatrixCalls.Methods
        .Where(method => method.InputType.FindFieldByName("user_id") is not null || method.Name.StartsWith("Batch", StringComparison.Ordinal))
        .Select(method => method.Name);

    [OneTimeSetUp]
    public async Task CreateOrganizations()
    {
        clients = new AdministrationClients(SharedServer.Server, SharedServer.Mint);
        http = new HttpClient { BaseAddress = SharedServer.Server.Http };
        (own, other) = (await SharedServer.NewOrganizationAsync(), await SharedServer.NewOrganizationAsync());
        credentials = await MatrixCredentials.CreateAsync(own, clients);
    }

    [OneTimeTearDown]
    public void Disconnect()
    {
        http.Dispose();
        clients.Dispose();
    }

    [Test]
    public void The_table_has_every_rpc_and_every_credential_once()
    {
        Assert.That(Table.Rpcs, Is.EquivalentTo(Rpcs));
        Assert.That(MatrixCalls.Known, Is.EquivalentTo(Rpcs));
        Assert.That(Table.Credentials, Is.EquivalentTo(credentials.Names));
        Assert.That(Table.Cells, Is.EquivalentTo((string[])[AccessTable.Open, "401", "403"]));
    }

    [Test]
    public async Task Every_rpc_that_the_server_serves_is_in_the_table()
    {
        using var call = new ServerReflection.ServerReflectionClient(clients.Invoker).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.That(await call.ResponseStream.MoveNext(), Is.True);
        var services = call.ResponseStream.Current.ListServicesResponse.Service
            .Select(service => service.Name).Where(name => name.StartsWith("profiles.", StringComparison.Ordinal)).ToList();

        var methods = new List<string>();
        foreach (var service in services)
        {
            await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = service });
            Assert.That(await call.ResponseStream.MoveNext(), Is.True);
            methods.AddRange(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto
                .Select(FileDescriptorProto.Parser.ParseFrom)
                .SelectMany(file => file.Service.Where(found => $"{file.Package}.{found.Name}" == service))
                .SelectMany(found => found.Method.Select(method => method.Name)));
        }

        Assert.That(Table.Rpcs, Is.EquivalentTo(methods));
    }

    [TestCaseSource(nameof(Rpcs))]
    public Task The_table_says_who_may_call(string rpc) => CompareAsync(rpc, MatrixCredentials.User);

    [TestCaseSource(nameof(RpcsOfUsers))]
    public Task The_same_holds_for_another_user(string rpc) => CompareAsync(rpc, OtherUser);

    [TestCaseSource(nameof(Rpcs))]
    public async Task Naming_another_organization_in_the_header_is_for_platform_administrators(string rpc)
    {
        const string Administrator = MatrixCredentials.PlatformAdmin;
        var target = await PrepareAsync(rpc, other, OtherUser);
        var before = await clients.DescribeAsync(other);
        if (MatrixCalls.IsForEverybody(rpc))
        {
            foreach (var name in credentials.Names)
                await ExpectAsync(rpc, name, target, Ok, (OrganizationHeader, other));
            return;
        }

        foreach (var name in Strangers)
        {
            var expected = Table[rpc, name] == Unauthenticated ? RefusalOf(rpc, name) : Forbidden;
            await ExpectAsync(rpc, name, target, expected, (OrganizationHeader, other));
        }

        Assert.That(await clients.DescribeAsync(other), Is.EqualTo(before), "A call changed something in the other organization.");
        if (IsOwnRecord(rpc) || Table[rpc, Administrator] != AccessTable.Open)
            await ExpectAsync(rpc, Administrator, target, RefusalOf(rpc, Administrator), (OrganizationHeader, other));
        else
            await ExpectOpenAsync(rpc, Administrator, other, OtherUser, (OrganizationHeader, other));
    }

    private static IEnumerable<string> PrivateRpcs => Rpcs.Where(rpc => !MatrixCalls.IsForEverybody(rpc));

    [TestCaseSource(nameof(PrivateRpcs))]
    public async Task The_ids_of_another_organization_lead_nowhere(string rpc)
    {
        var target = await PrepareAsync(rpc, other, OtherUser);
        var before = await clients.DescribeAsync(other);
        foreach (var name in Strangers)
        {
            var expected = Table[rpc, name] == AccessTable.Open ? OutcomeOfForeignIds(rpc) : RefusalOf(rpc, name);
            var answers = expected == Ok ? await ExpectOpenAsync(rpc, name, own, OtherUser) : await ExpectAsync(rpc, name, target, expected);
            foreach (var answer in answers)
                Assert.That(answer, Does.Not.Contain(other).And.Not.Contain(target.KeyId).And.Not.Contain(target.ApplicationId), $"{rpc} with {name}");
        }

        Assert.That(await clients.DescribeAsync(other), Is.EqualTo(before), "A call changed something in the other organization.");
    }

    // All but the one that reaches other organizations.
    private IEnumerable<string> Strangers => credentials.Names.Where(name => name != MatrixCredentials.PlatformAdmin);

    private static bool IsOwnRecord(string rpc) => rpc.Contains("My", StringComparison.Ordinal);

    private static string RefusalOf(string rpc, string credential) => Table[rpc, credential] switch
    {
        Unauthenticated => $"Unauthenticated 401 {(credential == MatrixCredentials.None ? "CREDENTIAL_MISSING" : "CREDENTIAL_INVALID")}",
        _ => $"PermissionDenied 403 {(IsOwnRecord(rpc) ? "USER_REQUIRED" : "PERMISSION_MISSING")}",
    };

    // A user's id means the user of that id in the caller's own organization.
    private static string OutcomeOfForeignIds(string rpc)
    {
        var request = MatrixCalls.Methods.Single(method => method.Name == rpc).InputType;
        if (request.FindFieldByName("organization_id") is not null)
            return Forbidden;
        return request.FindFieldByName("key_id") is null && request.FindFieldByName("application_id") is null
            ? Ok
            : "NotFound 404 CREDENTIAL_NOT_FOUND";
    }

    private async Task CompareAsync(string rpc, string user)
    {
        var target = await PrepareAsync(rpc, own, user);
        var before = await clients.DescribeAsync(own);
        foreach (var name in credentials.Names.Where(name => Table[rpc, name] != AccessTable.Open))
            await ExpectAsync(rpc, name, target, RefusalOf(rpc, name));

        Assert.That(await clients.DescribeAsync(own), Is.EqualTo(before), "A call that was refused changed something.");
        foreach (var name in credentials.Names.Where(name => Table[rpc, name] == AccessTable.Open))
            await ExpectOpenAsync(rpc, name, own, user);
    }

    // Each call has something of its own to change, or to delete.
    private async Task<List<string>> ExpectOpenAsync(string rpc, string credential, string organization, string user, params Headers more)
    {
        var answers = new List<string>();
        foreach (var headers in credentials[credential])
        {
            foreach (var call in FormsOf(rpc))
            {
                var target = await PrepareAsync(rpc, organization, user);
                if (rpc == "DeleteOrganization")
                    target = target with { Organization = await SharedServer.NewOrganizationAsync() };
                var outcome = await call(MatrixCalls.Create(rpc, target), [.. headers, .. more]);
                Assert.That(outcome.ToString(), Is.EqualTo(Ok), $"{rpc} with {credential}: {outcome.Answer}");
                answers.Add(outcome.Answer);
            }
        }

        return answers;
    }

    private async Task<List<string>> ExpectAsync(string rpc, string credential, Target target, string expected, params Headers more)
    {
        var answers = new List<string>();
        foreach (var headers in credentials[credential])
        {
            foreach (var call in FormsOf(rpc))
            {
                var outcome = await call(MatrixCalls.Create(rpc, target), [.. headers, .. more]);
                Assert.That(outcome.ToString(), Is.EqualTo(expected), $"{rpc} with {credential}: {outcome.Answer}");
                answers.Add(outcome.Answer);
            }
        }

        return answers;
    }

    private IEnumerable<Func<RpcExample, Headers, Task<MatrixOutcome>>> FormsOf(string rpc)
    {
        yield return (call, headers) => MatrixOutcome.OverGrpcAsync(clients.Invoker, call, headers);
        if (MatrixCalls.HasRest(rpc))
            yield return (call, headers) => MatrixOutcome.OverRestAsync(http, call, headers);
    }

    private async Task<Target> PrepareAsync(string rpc, string organization, string user)
    {
        if (rpc.Contains("Profile", StringComparison.Ordinal) || rpc.Contains("Picture", StringComparison.Ordinal))
            await clients.SetProfilesAsync(organization, MatrixCredentials.User, MatrixCredentials.Server, OtherUser);
        if (rpc == "GetPicture")
            await clients.Pictures.SetPictureAsync(MatrixCalls.SetPictureOf(OtherUser), clients.In(organization));
        var target = new Target(organization, user, Unknown, Unknown);
        if (rpc.Contains("ApiKey", StringComparison.Ordinal))
            return target with { KeyId = (await clients.CreateKeyAsync(organization, new ApiKey { Type = ApiKeyType.Public })).ApiKey.KeyId };
        return rpc.Contains("Application", StringComparison.Ordinal)
            ? target with { ApplicationId = (await clients.CreateApplicationAsync(organization, "credentials.write")).Application.ApplicationId }
            : target;
    }
}
