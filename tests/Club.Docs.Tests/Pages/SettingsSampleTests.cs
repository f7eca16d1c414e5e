using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Tests.Support;
using Functions.Local.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Club.Docs.Tests.Pages;

public sealed partial class SettingsSampleTests
{
    private static readonly IReadOnlyDictionary<string, string> Sample =
        JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values").EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value.GetString()!);

    [Fact]
    public void The_sample_lists_every_setting_and_no_other() =>
        Assert.Equal(
            OptionsClasses.AllSettings.Order(StringComparer.OrdinalIgnoreCase),
            Sample.Keys.Select(key => Numbered().Replace(Named().Replace(key, "$1<name>"), "__0")).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Every_value_of_the_sample_is_taken()
    {
        var settings = LocalSettings.Of(Sample.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)));
        foreach (var type in OptionsClasses.All)
        {
            var options = Activator.CreateInstance(type)!;
            settings.GetSection(OptionsClasses.Section(type)).Bind(options);
            var wrong = new List<ValidationResult>();
            Assert.True(Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true),
                string.Join(' ', wrong));
        }
        Assert.Equal("dms", Assert.Single(LocalOptions.Read(settings).QueueKeys).Key);
    }

    [Fact]
    public void The_sample_is_not_encrypted() =>
        Assert.False(JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("IsEncrypted").GetBoolean());

    [Fact]
    public void Every_setting_that_the_source_speaks_of_is_in_the_sample() =>
        Assert.All(
            Repository.Sources().SelectMany(source => Mentioned().Matches(source))
            .Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)).Distinct(),
            name => Assert.True(Sample.Keys.Any(key => key.StartsWith(name, StringComparison.Ordinal)), name));

    [GeneratedRegex(@"^(Local__QueueKeys__).+$")]
    private static partial Regex Named();

    [GeneratedRegex(@"__[0-9]+$")]
    private static partial Regex Numbered();

    /// <summary><c>WeChat__Token</c> in a sentence, or <c>settings["WeChat:Token"]</c>.</summary>
    [GeneratedRegex(
        """\b((?:Club|Cosmos|Files|Local|ServiceBus|SiteWebhook|Sms|WeChat)__[A-Za-z]+|(?<=(?:settings|configuration)\[")[A-Za-z0-9_:]+(?="\]))""")]
    private static partial Regex Mentioned();
}
