using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tokens.Settings;

/// <summary>Reads where an issuer's keys come from.</summary>
internal static class KeySettings
{
    private const string KeysFile = "KeysFile";
    private const string KeysAddress = "KeysAddress";
    private const string Discovery = "Discovery";
    private const string CaFile = "CaFile";

    /// <summary>The settings' names.</summary>
    public static readonly string[] Names = [KeysFile, KeysAddress, Discovery, CaFile];

    /// <summary>Reads the settings. Keys in a file are there at once, others are asked for later.</summary>
    /// <exception cref="TokenSetupException">A setting is wrong; the message names it.</exception>
    public static RefreshedKeys Read(SettingSection section, string issuer, TimeProvider clock, ILogger logger)
    {
        string[] places = [.. Names.Where(name => name != CaFile && section.Text(name) is not null)];
        if (places.Length > 1)
            throw section.Wrong(places[1], $"is set, and so is {places[0]}; keys come from one place");
        return places is [KeysFile]
            ? ReadFile(section, issuer, clock, logger)
            : new RefreshedKeys(issuer, ReadSource(section, issuer), clock, logger);
    }

    private static RefreshedKeys ReadFile(SettingSection section, string issuer, TimeProvider clock, ILogger logger)
    {
        if (section.Text(CaFile) is not null)
            throw section.Wrong(CaFile, $"is set, and so is {KeysFile}; authorities are for issuers that are asked over TLS");
        var path = section.Required(KeysFile);
        var keys = new RefreshedKeys(issuer, new KeyFile(path), clock, logger);
        Load(section, KeysFile, bytes => keys.StartWith(bytes));
        return keys.Current!.Count > 0
            ? keys
            : throw section.Wrong(
                KeysFile, $"names '{path}', which has no key that verifies ES256 or RS256 and is named by a 'kid'");
    }

    private static IKeySource ReadSource(SettingSection section, string issuer)
    {
        if (section.Text(KeysAddress) is { } keys)
        {
            var address = IssuerAddress.TryParse(keys) ?? throw section.Wrong(KeysAddress, IssuerAddress.Rule);
            return new KeyAddress(address, CreateClient(section, address));
        }

        var description = section.Text(Discovery) is { } discovery
            ? IssuerAddress.TryParse(discovery) ?? throw section.Wrong(Discovery, IssuerAddress.Rule)
            : IssuerAddress.TryParse(DiscoveredKeys.DefaultAddress(issuer)) ?? throw section.Wrong(
                IssuerSettings.Issuer,
                $"{IssuerAddress.Rule}; for another name, {KeysFile}, {KeysAddress} or {Discovery} must tell where its keys are");
        return new DiscoveredKeys(issuer, description, CreateClient(section, description));
    }

    private static IssuerClient CreateClient(SettingSection section, Uri address)
    {
        X509Certificate2Collection? authorities = null;
        if (section.Text(CaFile) is not null)
            Load(section, CaFile, pem => authorities = ReadAuthorities(pem));
        return IssuerClient.Create(usesProxy: !IssuerAddress.IsHere(address), authorities);
    }

    private static X509Certificate2Collection ReadAuthorities(byte[] pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.ASCII.GetString(pem));
        return authorities.Count > 0 ? authorities : throw new FormatException("has no certificate in PEM");
    }

    // Reads the file that a setting names.
    private static void Load(SettingSection section, string setting, Action<byte[]> read)
    {
        var path = section.Required(setting);
        try
        {
            read(SmallFile.Read(path, JsonWebKeySet.MaxBytes));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw section.Wrong(setting, $"names '{path}', which cannot be read: {failure.Message.TrimEnd('.')}", failure);
        }
        catch (FormatException failure)
        {
            throw section.Wrong(setting, $"names '{path}', which {failure.Message}", failure);
        }
        catch (CryptographicException failure)
        {
            throw section.Wrong(setting, $"names '{path}', which has a broken certificate", failure);
        }
    }
}
