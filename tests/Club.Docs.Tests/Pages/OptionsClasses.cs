using System.Collections;
using System.Reflection;
using Club.Local;

namespace Club.Docs.Tests.Pages;

/// <summary>The settings that the source reads.</summary>
internal static class OptionsClasses
{
    /// <summary>Read without an options class: by the Functions runtime, and by the hosts.</summary>
    public static readonly string[] OfHosts = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "ServiceBus", DevelopmentKeys.FunctionsSetting, "APPLICATIONINSIGHTS_CONNECTION_STRING"];

    /// <summary>Classes named …Options with a section; those of Club.Azure are compiled into these tests.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. new[] { typeof(ClubOptions), typeof(LocalOptions), typeof(global::Club.Azure.CosmosOptions) }.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null)];

    public static string Section(Type options) => (string)options.GetField("Section")!.GetValue(null)!;

    public static IEnumerable<string> Settings(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting).Select(property => Name(options, property));

    public static bool IsSetting(PropertyInfo property) => property.CanWrite || IsDictionary(property) || IsList(property);

    /// <summary>As in the environment, such as <c>Sms__WebhookKeys__0</c>.</summary>
    public static string Name(Type options, PropertyInfo property) =>
        $"{Section(options)}__{property.Name}{(IsDictionary(property) ? "__<name>" : IsList(property) ? "__0" : "")}";

    private static bool IsDictionary(PropertyInfo property) => property.PropertyType.IsAssignableTo(typeof(IDictionary));

    private static bool IsList(PropertyInfo property) => property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && !IsDictionary(property);
}
