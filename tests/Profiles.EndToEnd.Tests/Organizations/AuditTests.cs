using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>What was done to an organization is on record, with who did it in which request.</summary>
internal sealed class AuditTests : ProfilesTest
{
    private AuditService.AuditServiceClient audit = null!;

    private CallOptions AsAuditor => As(SharedServer.Mint.Mint(Organization, "auditor", "audit.read"));

    [SetUp]
    public void Connect() => audit = new AuditService.AuditServiceClient(Invoker);

    [Test]
    public async Task Changes_are_recorded_with_their_fields_actor_and_request_and_what_changed_nothing_is_not()
    {
        const string settings = """{"displayName":"Acme","settings":{"usernames":{"minLength":3,"pattern":"[a-z]+"}}}""";
        var token = SharedServer.Mint.Mint(Organization, "backend", "organization.write");
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", token, settings, ("x-request-id", "change-1"));
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", token, settings, ("x-request-id", "change-2"));
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", token, """{"settings":{"usernames":{"minLength":3,"pattern":null}}}""", ("x-request-id", "change-3"));
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", token, """{"settings":{"usernames":{"minLength":0}}}""");

        var events = (await audit.ListAuditEventsAsync(new ListAuditEventsRequest(), AsAuditor)).Events;

        Assert.That(events.Select(recorded => (recorded.Action, string.Join(' ', recorded.ChangedFields), recorded.Actor.Type, recorded.Actor.Id)), Is.EqualTo(((AuditAction, string, ActorType, string)[])
        [
            (AuditAction.OrganizationCreated, "", ActorType.Server, "operator"),
            (AuditAction.OrganizationUpdated, "display_name settings.usernames.min_length settings.usernames.pattern", ActorType.Server, "backend"),
            (AuditAction.OrganizationUpdated, "settings.usernames.pattern", ActorType.Server, "backend"),
        ]));
        Assert.That(events.Skip(1).Select(recorded => recorded.HttpRequestId), Is.EqualTo((string[])["change-1", "change-3"]));
        Assert.That(events.Select(recorded => recorded.ResourceId).Distinct(), Is.EqualTo((string[])[Organization]));
        Assert.That(events.Select(recorded => recorded.EventId).Distinct().Count(), Is.EqualTo(3));
    }

    [TestCase("event_time")]
    [TestCase("event_time desc")]
    public async Task The_list_is_paged_in_both_orders(string order)
    {
        for (var i = 0; i < 5; i++)
            await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$"""{"displayName":"{{i}}"}""", ("x-request-id", $"change-{i}"));

        var seen = new List<string>();
        var request = new ListAuditEventsRequest { PageSize = 2, OrderBy = order };
        do
        {
            var page = await audit.ListAuditEventsAsync(request, AsAuditor);
            seen.AddRange(page.Events.Where(recorded => recorded.Action == AuditAction.OrganizationUpdated).Select(recorded => recorded.HttpRequestId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        var expected = Enumerable.Range(0, 5).Select(i => $"change-{i}");
        Assert.That(seen, Is.EqualTo(order == "event_time" ? expected : expected.Reverse()));
    }

    [TestCase("pageSize=101", "page_size")]
    [TestCase("orderBy=action", "order_by")]
    [TestCase("pageToken=x", "page_token")]
    public async Task A_bad_page_is_refused(string query, string field)
    {
        var answer = await RestAsync("GET", $"/v1/auditEvents?{query}", SharedServer.Mint.Mint(Organization, "auditor", "audit.read"));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])[field]));
    }

    [Test]
    public async Task A_page_token_of_another_organization_or_order_is_refused()
    {
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, """{"displayName":"x"}""");
        var token = (await audit.ListAuditEventsAsync(new ListAuditEventsRequest { PageSize = 1 }, AsAuditor)).NextPageToken;
        var other = SharedServer.Mint.Mint(await SharedServer.NewOrganizationAsync(), "auditor", "audit.read");

        var foreign = await RpcErrors.FailureOf(audit.ListAuditEventsAsync(new ListAuditEventsRequest { PageToken = token }, As(other)));
        var reversed = await RpcErrors.FailureOf(
            audit.ListAuditEventsAsync(new ListAuditEventsRequest { PageToken = token, OrderBy = "event_time desc" }, AsAuditor));

        Assert.That(foreign.ViolatedFields(), Is.EqualTo((string[])["page_token"]));
        Assert.That(reversed.ViolatedFields(), Is.EqualTo((string[])["page_token"]));
    }
}
