using System.CommandLine;
using System.Globalization;
using Profiles.Core.Pictures;
using Profiles.Server.Pictures;

namespace Profiles.Server.Commands;

/// <summary><c>picture</c>: moves pictures between the places that can keep them.</summary>
internal static class PictureCommand
{
    private static readonly Option<string> To = new("--to")
    {
        Description = "Where to: database, folder or s3; the settings Pictures__… say where that is",
        Required = true,
    };

    public static Command Create() => new("picture", "Move pictures from one store to another") { CreateMove() };

    private static Command CreateMove()
    {
        var command = new Command("move", "Move all pictures to a store, beside running servers; it can be interrupted and run again") { To };
        command.SetAction((result, token) => StoreCommand.RunAsync(result, services => MoveAsync(result, services, token), token));
        return command;
    }

    private static async Task MoveAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var place = PictureOptions.ReadPlace(result.GetRequiredValue(To), "--to");
        services.GetRequiredService<PictureOptions>().Demand(place, "--to");
        var (moved, incomplete) = await services.GetRequiredService<PictureMove>().MoveAsync(place, cancellationToken);
        var words = string.Create(
            CultureInfo.InvariantCulture, $"Moved {moved} pictures. {incomplete} could not be moved, for a file of theirs is missing.");
        CommandLine.Answer(result, words, new { moved, incomplete });
    }
}
