using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Azure;
using Microsoft.Extensions.Configuration;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Club.Tests.Azure;

/// <summary>What tests/emulators starts, and how the app finds it.</summary>
public sealed partial class EmulatorTests
{
    private static readonly Dictionary<string, string> Settings = JsonElement.Parse(Repository.Read("tests", "emulators", "settings.json"))
        .GetProperty("Values").EnumerateObject()
        .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    [Fact]
    public void The_emulated_queues_are_those_that_functions_listen_to_and_the_one_of_answers() =>
        Assert.Equal(DeploymentTests.Queues().Append(DeploymentTests.Answers).Order(StringComparer.Ordinal),
            Queues().Select(queue => queue.GetProperty("Name").GetString()!).Order(StringComparer.Ordinal));

    [Fact]
    public void The_emulated_queues_give_up_and_lock_as_those_of_the_template()
    {
        var template = Repository.Read("infra", "modules", "queues.bicep");
        Assert.All(Queues(), named =>
        {
            var queue = named.GetProperty("Properties");
            Assert.Contains($"maxDeliveryCount: {queue.GetProperty("MaxDeliveryCount").GetInt32()}\n", template, StringComparison.Ordinal);
            Assert.Contains($"lockDuration: '{queue.GetProperty("LockDuration").GetString()}'\n", template, StringComparison.Ordinal);
            Assert.Equal(named.GetProperty("Name").GetString() != DeploymentTests.Answers,
                queue.GetProperty("DeadLetteringOnMessageExpiration").GetBoolean());
        });
    }

    [Fact]
    public void The_queues_configuration_is_the_file_that_is_mounted()
    {
        var mount = Assert.Single(Texts(Service("servicebus"), "volumes")).Split(':');
        Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", "emulators", mount[0])), mount[0]);
        Assert.Equal(("/ServiceBus_Emulator/ConfigFiles/Config.json", "ro"), (mount[1], mount[2]));
        Assert.Equal(["sql"], Texts(Service("servicebus"), "depends_on"));
    }

    [Fact]
    public void The_settings_lead_to_ports_that_are_open_on_this_machine_only()
    {
        var open = new[] { "azurite", "cosmos", "servicebus" }.SelectMany(service => Texts(Service(service), "ports"))
            .Select(port => port.Split(':')).ToList();
        Assert.All(open, port => Assert.Equal("127.0.0.1", port[0]));
        string[] used = ["10000", "10001", "10002",
            new Uri(Settings["Cosmos__Endpoint"]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "5672"];
        Assert.Equal(used.Order(StringComparer.Ordinal), open.Select(port => port[1]).Order(StringComparer.Ordinal));
        Assert.Contains(new Uri(Settings["Files__Endpoint"]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), used);
    }

    [Fact]
    public void Every_setting_is_one_that_the_host_or_the_app_reads() =>
        Assert.All(Settings.Keys.Except(["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", ServiceBusOptions.Section, "FunctionsKey"]), setting =>
            Assert.True(DeploymentTests.IsRead(setting), setting));

    [Fact]
    public void The_staff_key_of_the_settings_is_one_that_the_app_takes() =>
        Assert.True(Settings["FunctionsKey"].Length >= Club.Access.StaffKeys.Least);

    [Fact]
    public void Each_address_is_known_for_an_emulator()
    {
        Assert.Contains("AccountEndpoint=https://localhost:8081/;", Emulators.Cosmos(new Uri(Settings["Cosmos__Endpoint"])),
            StringComparison.Ordinal);
        Assert.Equal("devstoreaccount1", Emulators.Blobs(new Uri(Settings["Files__Endpoint"])).AccountName);
        Assert.Equal(Settings["ServiceBus"], Emulators.ServiceBus(Settings["ServiceBus"]));
    }

    [Theory]
    [InlineData("https://club.documents.azure.com:443/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://10.0.0.1/")]
    public void No_other_address_is_given_a_key(string endpoint)
    {
        Assert.False(Emulators.Has(new Uri(endpoint)));
        Assert.Throws<ArgumentException>(() => Emulators.Cosmos(new Uri(endpoint)));
        Assert.Throws<ArgumentException>(() => Emulators.Blobs(new Uri(endpoint)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Endpoint=sb://club.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=placeholder")]
    public void A_key_to_Service_Bus_is_not_taken(string? connectionString) => Assert.Null(Emulators.ServiceBus(connectionString));

    // Both the host's connection and the section of the same name.
    [Fact]
    public void The_connection_string_stands_beside_the_section()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Settings.Select(setting =>
            KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
        Assert.Equal(Settings["ServiceBus"], configuration[ServiceBusOptions.Section]);
        Assert.Equal("localhost", configuration.GetSection(ServiceBusOptions.Section)["FullyQualifiedNamespace"]);
    }

    [Fact]
    public void Licences_and_passwords_are_left_to_whoever_starts_them()
    {
        var compose = Repository.Read("tests", "emulators", "compose.yaml");
        Assert.All(Secret().Matches(compose), match => Assert.StartsWith("${", match.Groups["value"].Value, StringComparison.Ordinal));
        Assert.Equal(4, Secret().Count(compose));
    }

    private static List<JsonElement> Queues() =>
        [.. JsonElement.Parse(Repository.Read("tests", "emulators", "servicebus.json")).GetProperty("UserConfig")
            .GetProperty("Namespaces")[0].GetProperty("Queues").EnumerateArray()];

    private static YamlMappingNode Service(string name)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("tests", "emulators", "compose.yaml")));
        return (YamlMappingNode)yaml.Documents[0].RootNode["services"][name];
    }

    private static IEnumerable<string> Texts(YamlMappingNode service, string name) =>
        ((YamlSequenceNode)service[name]).Select(node => ((YamlScalarNode)node).Value!);

    [GeneratedRegex(@"^\s+(ACCEPT_EULA|MSSQL_SA_PASSWORD): (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Secret();
}
