using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Organizations;
using Profiles.Server.Services;

namespace Profiles.Server.Tests.Services;

/// <summary>Holds the table of settings against the contract.</summary>
public class ProtoSettingsTests
{
    [Test]
    public void The_table_has_every_setting_of_the_contract_in_the_same_order() =>
        Assert.That(
            OrganizationSettingTable.All.Select(definition => definition.Name),
            Is.EqualTo(V1.OrganizationSettings.Descriptor.Fields.InFieldNumberOrder().SelectMany(group =>
                group.MessageType.Fields.InFieldNumberOrder().Select(field => $"{group.Name}.{field.Name}"))));

    [TestCaseSource(nameof(All))]
    public void A_setting_stands_where_its_name_says(OrganizationSettingDefinition definition)
    {
        object value = definition.Kind switch
        {
            SettingKind.Flag => true,
            SettingKind.Number => 7,
            SettingKind.Seconds => 60L,
            SettingKind.Text => "a",
            SettingKind.Lookalikes => Core.Usernames.LookAlikePolicy.Strict,
            SettingKind.AttributeDefinitions => new List<Core.Organizations.AttributeDefinition> { new("a", 5, "b"), new("c", null, null) },
            _ => new Core.Limits.RateLimit(7, TimeSpan.FromMinutes(1)),
        };

        var message = ProtoSettings.ToMessage(new Core.Organizations.OrganizationSettings(
            new Dictionary<OrganizationSetting, object> { [definition.Setting] = value }));
        var read = ProtoSettings.Get(message, definition.Setting);

        Assert.That(SetPaths(message), Is.EqualTo((string[])[definition.Name]));
        Assert.That(read is Duration duration ? duration.Seconds : read is V1.RateLimit limit ? limit.Requests : read, Is.EqualTo(read is V1.RateLimit ? 7 : value));
    }

    [TestCaseSource(nameof(All))]
    public void What_is_not_set_is_null(OrganizationSettingDefinition definition)
    {
        Assert.That(ProtoSettings.Get(null, definition.Setting), Is.Null);
        Assert.That(ProtoSettings.Get(new V1.OrganizationSettings(), definition.Setting), Is.Null);
    }

    private static IEnumerable<OrganizationSettingDefinition> All() => OrganizationSettingTable.All;

    private static IEnumerable<string> SetPaths(V1.OrganizationSettings message) =>
        from field in V1.OrganizationSettings.Descriptor.Fields.InFieldNumberOrder()
        where field.Accessor.HasValue(message)
        let inner = (Google.Protobuf.IMessage)field.Accessor.GetValue(message)
        from setting in inner.Descriptor.Fields.InFieldNumberOrder()
        where IsSet(setting, inner)
        select $"{field.Name}.{setting.Name}";

    private static bool IsSet(FieldDescriptor field, Google.Protobuf.IMessage message)
    {
        var value = field.Accessor.GetValue(message);
        if (field.IsRepeated)
            return ((System.Collections.ICollection)value).Count > 0;
        return field.HasPresence ? field.Accessor.HasValue(message) : value is not ("" or V1.LookalikePolicy.Unspecified);
    }
}
