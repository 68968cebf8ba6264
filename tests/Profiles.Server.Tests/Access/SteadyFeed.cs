using Profiles.Core.Changes;

namespace Profiles.Server.Tests.Access;

/// <summary>A feed that is always listening, and tells what a test wants.</summary>
internal sealed class SteadyFeed : IChangeFeed
{
    private readonly List<(string Kind, Action<ChangeNotice> Receive)> receivers = [];

    public ChangeFeedState State => new(1, TimeProvider.System.GetTimestamp());

    public void Subscribe(string kind, Action<ChangeNotice> receive) => receivers.Add((kind, receive));

    public void Tell(ChangeNotice notice)
    {
        foreach (var (kind, receive) in receivers)
        {
            if (kind == notice.Kind)
                receive(notice);
        }
    }
}
