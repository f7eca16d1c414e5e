using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Local;
using Club.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Club.Docs.Tests.Pages;

public sealed partial class SettingsSampleTests
{
    /// <summary>Read without an options class: by the Functions runtime, and by the hosts.</summary>
    private static readonly string[] OfHosts = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "ServiceBus", DevelopmentKeys.FunctionsSetting, "APPLICATIONINSIGHTS_CONNECTION_STRING"];

    private static readonly IReadOnlyDictionary<string, string> Sample =
        JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

    [Fact]
    public void The_sample_lists_every_setting_and_no_other() =>
        Assert.Equal(
            Options().SelectMany(Settings).Concat(OfHosts).Distinct().Order(StringComparer.OrdinalIgnoreCase),
            Sample.Keys.Select(key => Numbered().Replace(Named().Replace(key, "$1<name>"), "__0")).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Every_value_of_the_sample_is_taken()
    {
        var settings = LocalSettings.Of(Sample.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)));
        foreach (var type in Options())
        {
            var options = Activator.CreateInstance(type)!;
            settings.GetSection(Section(type)).Bind(options);
            var wrong = new List<ValidationResult>();
            Assert.True(Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true), string.Join(' ', wrong));
        }
        Assert.Equal("dms", Assert.Single(LocalOptions.Read(settings).QueueKeys).Key);
    }

    [Fact]
    public void The_sample_is_not_encrypted() => Assert.False(JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("IsEncrypted").GetBoolean());

    [Fact]
    public void Every_setting_that_the_source_speaks_of_is_in_the_sample() =>
        Assert.All(
            Repository.Sources().SelectMany(source => Mentioned().Matches(source)).Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)).Distinct(),
            name => Assert.True(Sample.Keys.Any(key => key.StartsWith(name, StringComparison.Ordinal)), name));

    /// <summary>Classes named …Options with a section; those of Club.Azure are compiled into these tests.</summary>
    private static IEnumerable<Type> Options() =>
        new[] { typeof(ClubOptions), typeof(LocalOptions), typeof(global::Club.Azure.CosmosOptions) }.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null);

    private static string Section(Type options) => (string)options.GetField("Section")!.GetValue(null)!;

    private static IEnumerable<string> Settings(Type options) =>
        from property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let isDictionary = property.PropertyType.IsAssignableTo(typeof(IDictionary))
        let isList = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && !isDictionary
        where property.CanWrite || isDictionary || isList
        select $"{Section(options)}__{property.Name}{(isDictionary ? "__<name>" : isList ? "__0" : "")}";

    [GeneratedRegex(@"^(Local__QueueKeys__).+$")]
    private static partial Regex Named();

    [GeneratedRegex(@"__[0-9]+$")]
    private static partial Regex Numbered();

    /// <summary><c>WeChat__Token</c> in a sentence, or <c>settings["WeChat:Token"]</c>.</summary>
    [GeneratedRegex("""\b((?:Club|Cosmos|Files|Local|ServiceBus|SiteWebhook|Sms|WeChat)__[A-Za-z]+|(?<=(?:settings|configuration)\[")[A-Za-z0-9_:]+(?="\]))""")]
    private static partial Regex Mentioned();
}
