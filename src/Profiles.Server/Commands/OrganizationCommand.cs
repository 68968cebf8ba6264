using System.CommandLine;
using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Organizations;
using Profiles.Server.Hosting;
using Profiles.Server.Services;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Commands;

/// <summary><c>organization</c>: creates organizations and changes their settings; a running server follows within a second.</summary>
internal static class OrganizationCommand
{
    private static readonly Option<string> Id = new("--id")
    {
        Description = "The organization's id: 1–64 characters of A–Z a–z 0–9 . _ -",
        Required = true,
    };

    /// <summary>Whom the history names when a person works at the command line.</summary>
    public static Actor Operator { get; } = new(ActorType.Operator, "command-line");

    public static Command Create() => new("organization", "Create organizations and change their settings")
    {
        CreateCreate(), CreateGet(), CreateUpdate(), CreateList(),
    };

    private static Command CreateCreate()
    {
        var command = new Command("create", "Create an organization") { Id };
        OrganizationContent.AddTo(command);
        SetAction(command, async (result, organizations, token) =>
        {
            var (id, content) = OrganizationPatchReader.ReadCreation(OrganizationContent.Read(result, ReadId(result)).Organization);
            var created = await organizations.CreateAsync(id, content, Operator, httpRequestId: null, token);
            Answer(result, $"Created the organization {id}.", created);
        });
        return command;
    }

    private static Command CreateGet()
    {
        var command = new Command("get", "Show an organization") { Id };
        SetAction(command, async (result, organizations, token) =>
        {
            var organization = await organizations.GetAsync(ReadId(result), token);
            Answer(result, OrganizationJson.Write(organization).ToString(), organization);
        });
        return command;
    }

    private static Command CreateUpdate()
    {
        var command = new Command("update", "Change what is given of an organization, and leave the rest alone") { Id };
        OrganizationContent.AddTo(command);
        SetAction(command, async (result, organizations, token) =>
        {
            var id = ReadId(result);
            var (organization, mask) = OrganizationContent.Read(result, id);
            if (mask.Paths.Count == 0)
                throw new SettingException("organization update needs --display-name, --settings or another option to say what changes.");
            var outcome = await organizations.UpdateAsync(
                id, OrganizationPatchReader.Read(id, organization, mask), Operator, WriteOptions.None, token);
            var words = outcome.Kind == OrganizationOutcomeKind.Unchanged ? $"The organization {id} was so already." : $"Changed the organization {id}.";
            Answer(result, words, outcome.Organization!);
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "List all organizations");
        SetAction(command, async (result, organizations, token) =>
        {
            var all = new List<Organization>();
            var next = string.Empty;
            do
            {
                var page = await organizations.ListAsync(new PageRequest(PageRequest.MaxPageSize, next, string.Empty), token);
                all.AddRange(page.Items);
                next = page.NextPageToken;
            }
            while (next.Length > 0);
            CommandLine.Answer(
                result,
                string.Join('\n', all.Select(organization => $"{organization.Id}\t{organization.DisplayName}".TrimEnd())),
                new { organizations = all.Select(OrganizationJson.Write) });
        });
        return command;
    }

    private static void SetAction(Command command, Func<ParseResult, OrganizationAdministration, CancellationToken, Task> action) =>
        command.SetAction((result, token) => StoreCommand.RunAsync(
            result, services => action(result, services.GetRequiredService<OrganizationAdministration>(), token), token));

    private static OrganizationId ReadId(ParseResult result) =>
        OrganizationId.TryParse(result.GetValue(Id), out var id) ? id : throw new SettingException($"--id {OrganizationId.Rule}");

    private static void Answer(ParseResult result, string words, Organization organization) =>
        CommandLine.Answer(result, words, OrganizationJson.Write(organization));
}
