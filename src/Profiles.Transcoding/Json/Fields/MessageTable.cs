using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>The fields of a message type, found by either name.</summary>
internal sealed class MessageTable
{
    private readonly Utf8NameTable<JsonField> _byName;
    private readonly Func<IMessage> _create;

    public MessageTable(MessageDescriptor descriptor)
    {
        Descriptor = descriptor;
        var fields = descriptor.Fields.InDeclarationOrder();
        Fields = new JsonField[fields.Count];
        _byName = new Utf8NameTable<JsonField>(2 * fields.Count);
        for (var i = 0; i < Fields.Length; i++) Fields[i] = JsonFieldFactory.Create(fields[i], i);
        foreach (var field in Fields) _byName.TryAdd(field.Descriptor.JsonName, field);
        foreach (var field in Fields) _byName.TryAdd(field.Descriptor.Name, field);
        _create = Expression.Lambda<Func<IMessage>>(Expression.New(descriptor.ClrType)).Compile();
    }

    public MessageDescriptor Descriptor { get; }

    public JsonField[] Fields { get; }

    public IMessage Create() => _create();

    /// <summary>Finds a field by its JSON or proto name.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out JsonField field) => _byName.TryFind(name, out field);

    public JsonField? Find(FieldDescriptor descriptor) => Array.Find(Fields, field => field.Descriptor == descriptor);
}
