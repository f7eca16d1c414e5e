using System.Collections;
using System.Reflection;
using Club.Kernel;
using Functions.Local.Hosting;

namespace Club.Docs.Tests.Pages;

/// <summary>The settings that the source reads.</summary>
internal static class OptionsClasses
{
    /// <summary>Read without an options class: by the Functions runtime, and by the hosts.</summary>
    public static readonly string[] OfHosts =
    [
        "AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "ServiceBus", DevelopmentKeys.FunctionsSetting,
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
    ];

    /// <summary>Classes named …Options with a section; those of Club.Azure are compiled into these tests.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. new[] { typeof(ClubOptions), typeof(LocalOptions), typeof(global::Club.Azure.CosmosOptions) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null)];

    /// <summary>The names of all settings, each once.</summary>
    public static IEnumerable<string> AllSettings =>
        Properties.Select(one => Name(one.Type, one.Property)).Concat(OfHosts).Distinct(StringComparer.OrdinalIgnoreCase);

    public static string Section(Type options) => (string)options.GetField("Section")!.GetValue(null)!;

    /// <summary>Every property that is a setting, with its class.</summary>
    public static IEnumerable<(Type Type, PropertyInfo Property)> Properties =>
        All.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting)
            .Select(property => (type, property)));

    private static bool IsSetting(PropertyInfo property) => property.CanWrite || IsDictionary(property) || IsList(property);

    /// <summary>As in the environment, such as <c>Sms__WebhookKeys__0</c>.</summary>
    public static string Name(Type options, PropertyInfo property) =>
        $"{Section(options)}__{property.Name}{(IsDictionary(property) ? "__<name>" : IsList(property) ? "__0" : "")}";

    private static bool IsDictionary(PropertyInfo property) => property.PropertyType.IsAssignableTo(typeof(IDictionary));

    private static bool IsList(PropertyInfo property) =>
        property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && !IsDictionary(property);
}
