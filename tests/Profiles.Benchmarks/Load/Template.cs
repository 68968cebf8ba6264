namespace Profiles.Benchmarks.Load;

/// <summary>A request that is made once; what differs between calls is written over its marks. Nothing is allocated for a call.</summary>
internal sealed class Template
{
    /// <summary>Stands for the eight digits of a user.</summary>
    public const string UserMark = "########";

    /// <summary>Stands for the twelve digits of a value that is new in every call.</summary>
    public const string ValueMark = "@@@@@@@@@@@@";

    private readonly byte[] bytes;
    private readonly int[] users;
    private readonly int[] values;

    public Template(byte[] bytes)
    {
        this.bytes = bytes;
        users = Find(Encode(UserMark));
        values = Find(Encode(ValueMark));
    }

    public int Length => bytes.Length;

    /// <summary>Writes the request of a call.</summary>
    public void Write(Span<byte> target, in Call call)
    {
        bytes.CopyTo(target);
        for (var i = 0; i < users.Length; i++)
            Digits.Write(call.UserAt(i), target.Slice(users[i], UserMark.Length));
        foreach (var at in values)
            Digits.Write(call.Value, target.Slice(at, ValueMark.Length));
    }

    private static byte[] Encode(string mark) => System.Text.Encoding.ASCII.GetBytes(mark);

    private int[] Find(byte[] mark)
    {
        var found = new List<int>();
        for (var at = 0; bytes.AsSpan(at).IndexOf(mark) is >= 0 and var next; at += next + mark.Length)
            found.Add(at + next);
        return [.. found];
    }
}
