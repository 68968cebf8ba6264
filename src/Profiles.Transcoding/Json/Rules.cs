namespace Profiles.Transcoding.Json;

/// <summary>What a value must be, in the words that the sender reads.</summary>
internal static class Rules
{
    public const string Json = "must be valid JSON";
    public const string Unicode = "must be valid Unicode: no broken UTF-8, no lone surrogate";
    public const string PercentEncoding = "must be percent-encoded UTF-8";
    public const string Object = "must be a JSON object";
    public const string Array = "must be a JSON array";
    public const string Text = "must be a string";
    public const string Bool = "must be true or false";
    public const string Int32 = "must be an integer from -2147483648 to 2147483647";
    public const string UInt32 = "must be an integer from 0 to 4294967295";
    public const string Int64 = "must be an integer from -9223372036854775808 to 9223372036854775807";
    public const string UInt64 = "must be an integer from 0 to 18446744073709551615";
    public const string Double = "must be a 64-bit floating-point number, \"NaN\", \"Infinity\" or \"-Infinity\"";
    public const string Float = "must be a 32-bit floating-point number, \"NaN\", \"Infinity\" or \"-Infinity\"";
    public const string Bytes = "must be base64";
    public const string Timestamp = "must be an RFC 3339 time from year 0001 to 9999, for instance \"2006-01-02T15:04:05Z\"";
    public const string Duration = "must be seconds with up to nine decimals and an \"s\", for instance \"1.5s\", at most 315576000000s";
    public const string FieldMask = "must be at most 10000 field paths in lowerCamelCase, separated by commas";
    public const string Null = "must not be null";
    public const string NullValue = "must be null";
    public const string Repeated = "is there more than once";
    public const string AnyType = "must have \"@type\" with the URL of a message type";
    public const string AnyUnknown = "names a message type that is not known here";
    public const string AnyValue = "must have exactly \"@type\" and \"value\"";
    public const string NotText = "cannot be given as text";
    public const string Bound = "is already given by another part of the request";
}
