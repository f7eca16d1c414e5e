using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Local;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Club.Tests.Docs;

public sealed partial class SettingsTests
{
    /// <summary>Read by the Functions runtime, by the hosts themselves, or by Club.Azure, which these tests do not build.</summary>
    private static readonly string[] OfHosts =
    [
        "AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", DevelopmentKeys.FunctionsSetting, "Cosmos__Endpoint", "ServiceBus__fullyQualifiedNamespace", "Sms__Endpoint",
    ];

    private static readonly IReadOnlyDictionary<string, string> Sample =
        JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

    [Fact]
    public void The_sample_lists_every_setting_and_no_other() =>
        Assert.Equal(
            Options().SelectMany(Settings).Concat(OfHosts).Distinct().Order(StringComparer.Ordinal),
            Sample.Keys.Select(key => Numbered().Replace(Named().Replace(key, "$1<name>"), "__0")).Distinct().Order(StringComparer.Ordinal));

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
            Repository.Sources().SelectMany(source => Mentioned().Matches(source)).Select(match => match.Value).Distinct(),
            name => Assert.True(Sample.Keys.Any(key => key.StartsWith(name, StringComparison.Ordinal)), name));

    /// <summary>Classes named …Options with a section.</summary>
    private static IEnumerable<Type> Options() =>
        new[] { typeof(ClubOptions), typeof(LocalOptions), typeof(Sqlite.SqliteClubStore) }.Select(type => type.Assembly).Append(Assembly.Load("Club.Cosmos"))
            .SelectMany(assembly => assembly.GetTypes())
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

    [GeneratedRegex(@"\b(?:Club|Cosmos|Local|ServiceBus|SiteWebhook|Sms|WeChat)__[A-Za-z]+")]
    private static partial Regex Mentioned();
}
