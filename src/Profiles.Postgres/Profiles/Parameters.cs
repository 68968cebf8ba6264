using Npgsql;
using NpgsqlTypes;

namespace Profiles.Postgres.Profiles;

/// <summary>Positional parameters, each with its type, so that the server has nothing to guess.</summary>
internal static class Parameters
{
    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value };

    public static NpgsqlParameter OptionalText(string? value) => Of(NpgsqlDbType.Text, (object?)value ?? DBNull.Value);

    public static NpgsqlParameter Texts(string?[] values) => Array(NpgsqlDbType.Text, values);

    public static NpgsqlParameter Bigint(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Bigints(long[]? values) => Array(NpgsqlDbType.Bigint, (object?)values ?? DBNull.Value);

    public static NpgsqlParameter Smallint(short value) => new NpgsqlParameter<short> { TypedValue = value };

    public static NpgsqlParameter Smallints(short[] values) => Array(NpgsqlDbType.Smallint, values);

    public static NpgsqlParameter Integer(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Integers(int[] values) => Array(NpgsqlDbType.Integer, values);

    public static NpgsqlParameter Boolean(bool value) => new NpgsqlParameter<bool> { TypedValue = value };

    public static NpgsqlParameter Booleans(bool[] values) => Array(NpgsqlDbType.Boolean, values);

    public static NpgsqlParameter Uuid(Guid? value) => Of(NpgsqlDbType.Uuid, (object?)value ?? DBNull.Value);

    public static NpgsqlParameter Uuids(Guid[] values) => Array(NpgsqlDbType.Uuid, values);

    public static NpgsqlParameter Uuids(Guid?[] values) => Array(NpgsqlDbType.Uuid, values);

    public static NpgsqlParameter Time(DateTime value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Times(DateTime[] values) => Array(NpgsqlDbType.TimestampTz, values);

    public static NpgsqlParameter Json(string? value) => Of(NpgsqlDbType.Jsonb, (object?)value ?? DBNull.Value);

    public static NpgsqlParameter Jsons(string[] values) => Array(NpgsqlDbType.Jsonb, values);

    public static NpgsqlParameter OptionalTime(DateTime? value) => Of(NpgsqlDbType.TimestampTz, (object?)value ?? DBNull.Value);

    public static NpgsqlParameter OptionalInteger(int? value) => Of(NpgsqlDbType.Integer, (object?)value ?? DBNull.Value);

    public static NpgsqlParameter Bytea(byte[] value) => Of(NpgsqlDbType.Bytea, value);

    public static NpgsqlParameter Bytes(ReadOnlyMemory<byte> value) =>
        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Byteas(byte[]?[] values) => Array(NpgsqlDbType.Bytea, values);

    private static NpgsqlParameter Array(NpgsqlDbType elements, object values) => Of(NpgsqlDbType.Array | elements, values);

    private static NpgsqlParameter Of(NpgsqlDbType type, object value) => new() { NpgsqlDbType = type, Value = value };
}
