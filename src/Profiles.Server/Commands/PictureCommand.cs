using System.CommandLine;
using System.Globalization;
using Profiles.Core.Pictures;
using Profiles.Server.Hosting;
using Profiles.Server.Pictures;

namespace Profiles.Server.Commands;

/// <summary><c>picture</c>: moves pictures between the places that can keep them, and gives out what was sent.</summary>
internal static class PictureCommand
{
    private static readonly Option<string> To = new("--to")
    {
        Description = "Where to: database, folder or s3; the settings Pictures__… say where that is",
        Required = true,
    };

    private static readonly Argument<string> Picture = new("id") { Description = "The picture, as in its address: organization~id" };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The file to write, which must not be there yet",
        Required = true,
    };

    public static Command Create() => new("picture", "Move pictures from one store to another, and get what was sent")
    {
        CreateMove(), CreateOriginal(),
    };

    private static Command CreateMove()
    {
        var command = new Command("move", "Move all pictures to a store, beside running servers; it can be interrupted and run again") { To };
        command.SetAction((result, token) => StoreCommand.RunAsync(result, services => MoveAsync(result, services, token), token));
        return command;
    }

    private static Command CreateOriginal()
    {
        var command = new Command("original", "Write the file that was sent for a picture, where its organization has them kept") { Picture, Output };
        command.SetAction((result, token) => StoreCommand.RunAsync(result, services => WriteOriginalAsync(result, services, token), token));
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

    private static async Task WriteOriginalAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!PictureKey.TryParse(result.GetRequiredValue(Picture), out var key))
            throw new SettingException($"The id {PictureKey.Rule}.");
        var original = await services.GetRequiredService<PictureOriginals>().ReadAsync(key, cancellationToken);
        var file = result.GetRequiredValue(Output);
        try
        {
            await using var output = new FileStream(file, FileMode.CreateNew);
            await output.WriteAsync(original, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"--output cannot be written: {exception.Message}");
        }

        var words = string.Create(CultureInfo.InvariantCulture, $"Wrote {original.Length} bytes to {file}.");
        CommandLine.Answer(result, words, new { bytes = original.Length, file });
    }
}
