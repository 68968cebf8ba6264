using Profiles.Core.Errors;

namespace Profiles.Core.Operations;

/// <summary>Which page of a list a caller asks for.</summary>
/// <param name="PageSize">Most items, 1–100; 0 stands for 50.</param>
/// <param name="PageToken">The token of the page before; empty for the first page.</param>
/// <param name="OrderBy">The list's order field, alone or followed by <c>desc</c>; empty for ascending order.</param>
public sealed record PageRequest(int PageSize, string PageToken, string OrderBy)
{
    /// <summary>The most items of a page.</summary>
    public const int MaxPageSize = 100;

    private const int DefaultPageSize = 50;

    /// <summary>The number of items to return.</summary>
    /// <exception cref="ProfilesException"><see cref="PageSize"/> is out of range.</exception>
    public int Limit =>
        PageSize switch
        {
            0 => DefaultPageSize,
            >= 1 and <= MaxPageSize => PageSize,
            _ => throw ProfilesException.Invalid("page_size", $"must be from 0 to {MaxPageSize}, yet is {PageSize}"),
        };

    /// <summary>Whether the order is descending.</summary>
    /// <exception cref="ProfilesException"><see cref="OrderBy"/> is neither of the two orders.</exception>
    public bool IsDescending(string field)
    {
        if (OrderBy.Length == 0 || OrderBy == field)
            return false;
        return OrderBy == $"{field} desc"
            ? true
            : throw ProfilesException.Invalid("order_by", $"must be '{field}' or '{field} desc'");
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="NextPageToken">The token for the next page; empty on the last one.</param>
/// <typeparam name="T">The kind of items.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken)
{
    /// <summary>A page of up to <paramref name="limit"/> items, of which one more was asked for to see whether there is a next page.</summary>
    internal static Page<T> Of(IReadOnlyList<T> items, int limit, Func<T, string> tokenAfter) =>
        items.Count <= limit
            ? new Page<T>(items, string.Empty)
            : new Page<T>(items.Take(limit).ToList(), tokenAfter(items[limit - 1]));
}
