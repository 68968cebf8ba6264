using Google.Protobuf;

namespace Profiles.Benchmarks.Load;

/// <summary>What an answer must hold to count.</summary>
internal enum AnswerCheck
{
    /// <summary>Nothing: a message of no bytes.</summary>
    Empty,

    /// <summary>The value that was written.</summary>
    Value,

    /// <summary>The user and what their profile says.</summary>
    User,

    /// <summary>All users, in their order.</summary>
    Users,
}

/// <summary>A call to measure, in the form of each protocol, with the marks of <see cref="Template"/>.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="GrpcPath">The path of the RPC.</param>
/// <param name="Message">Its message.</param>
/// <param name="Rest">Method and path of the route.</param>
/// <param name="Body">The route's JSON body; empty for none.</param>
/// <param name="Check">When its answer is right.</param>
/// <param name="AsUser">Whether each user calls with a token of their own.</param>
internal sealed record Operation(
    string Name, string GrpcPath, IMessage Message, string Rest, string Body, AnswerCheck Check, bool AsUser = false)
{
    /// <summary>How many users a batch names.</summary>
    public const int BatchSize = 20;

    /// <summary>Whether an answer is the right one for a call.</summary>
    public bool IsRight(ReadOnlySpan<byte> answer, in Call call) => Check switch
    {
        AnswerCheck.Empty => answer.IsEmpty,
        AnswerCheck.Value => Holds(ref answer, call.Value, Template.ValueMark.Length),
        AnswerCheck.User => Holds(ref answer, call.User, Template.UserMark.Length) && answer.IndexOf("Alice"u8) >= 0,
        _ => HoldsUsers(answer, call),
    };

    private static bool HoldsUsers(ReadOnlySpan<byte> answer, in Call call)
    {
        for (var i = 0; i < BatchSize; i++)
        {
            if (!Holds(ref answer, call.UserAt(i), Template.UserMark.Length))
                return false;
        }

        return true;
    }

    // What comes after is looked for behind it.
    private static bool Holds(ref ReadOnlySpan<byte> answer, long number, int length)
    {
        Span<byte> digits = stackalloc byte[length];
        Digits.Write(number, digits);
        var at = answer.IndexOf(digits);
        if (at < 0)
            return false;
        answer = answer[(at + length)..];
        return true;
    }
}
