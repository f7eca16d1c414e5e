using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Access;
using Club.Azure;
using Club.Cosmos;
using Club.Edges.Site;
using Club.Edges.WeChat;
using Club.Kernel;
using Club.Messaging;
using Club.Outgoing;
using Club.Transactions;
using Club.WhatIf;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.Azure;

/// <summary>What the Bicep, host.json and the code must agree on.</summary>
public sealed partial class DeploymentTests
{
    private static readonly Dictionary<string, Type[]> Sections = new()
    {
        [ClubOptions.Section] = [typeof(ClubOptions)],
        [AuthOptions.Section] = [typeof(AuthOptions)],
        [CallLimitOptions.Section] = [typeof(CallLimitOptions)],
        [WeChatOptions.Section] = [typeof(WeChatOptions), typeof(WeChatApiOptions)],
        [SiteWebhookOptions.Section] = [typeof(SiteWebhookOptions)],
        [SmsOptions.Section] = [typeof(SmsOptions), typeof(AcsSmsOptions)],
        [WhatIfOptions.Section] = [typeof(WhatIfOptions)],
        [OutgoingOptions.Section] = [typeof(OutgoingOptions)],
        [Club.Store.AllotmentOptions.Section] = [typeof(Club.Store.AllotmentOptions)],
        [RejectionOptions.Section] = [typeof(RejectionOptions)],
        [Club.Members.RetentionOptions.Section] = [typeof(Club.Members.RetentionOptions)],
        [CosmosOptions.Section] = [typeof(CosmosOptions)],
        [FilesOptions.Section] = [typeof(FilesOptions)],
        [ServiceBusOptions.Section] = [typeof(ServiceBusOptions)],
    };

    // How the host's own connections name an identity.
    private static readonly string[] OfTheHost = ["ServiceBus__credential", "ServiceBus__clientId"];

    [Fact]
    public void Every_setting_of_the_template_is_one_that_the_app_reads()
    {
        var settings = TemplateSettings();
        Assert.NotEmpty(settings);
        Assert.All(settings.Except(OfTheHost), setting => Assert.True(IsRead(setting), setting));
    }

    [Fact]
    public void Every_setting_that_the_app_cannot_do_without_is_in_the_template()
    {
        var needed = Sections.Values.SelectMany(types => types).SelectMany(MissingByDefault).Append("Club__LookupKey")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Superset(new HashSet<string> { "Cosmos__Endpoint", "WeChat__Token", "SiteWebhook__Secrets__0", "Sms__From" }, needed);
        Assert.Empty(needed.Except(TemplateSettings(), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_setting_of_the_sample_is_one_that_a_host_reads()
    {
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var settings = sample.RootElement.GetProperty("Values").EnumerateObject().Select(setting => setting.Name)
            .Where(name => name.Contains("__", StringComparison.Ordinal) && !name.StartsWith("Local__", StringComparison.Ordinal));
        Assert.All(settings, setting => Assert.True(IsRead(setting), setting));
    }

    [Fact]
    public void Every_setting_of_the_template_is_in_the_sample()
    {
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        Assert.Empty(TemplateSettings().Except(OfTheHost).Except(sample.RootElement.GetProperty("Values").EnumerateObject()
            .Select(setting => setting.Name)));
    }

    [Fact]
    public void The_files_of_the_template_are_where_the_app_keeps_them()
    {
        var template = Repository.Read("infra", "modules", "files.bicep");
        Assert.Contains($"var containerName = '{new FilesOptions().Container}'", template, StringComparison.Ordinal);
        Assert.Contains($"name: '{KeptBlobs.Container}'", template, StringComparison.Ordinal);
    }

    [Fact]
    public void The_alerts_watch_every_queue()
    {
        var watched = WatchedQueues().Matches(Repository.Read("infra", "modules", "alerts.bicep")).ToList();
        Assert.Equal(2, watched.Count);
        var queues = string.Join(", ", Queues().Select(name => $"'{name}'"));
        Assert.All(watched, match => Assert.Equal(queues, match.Groups["names"].Value));
    }

    [Fact]
    public void Every_output_of_the_template_is_explained()
    {
        var readme = Repository.Read("infra", "README.md");
        var outputs = Output().Matches(Repository.Read("infra", "main.bicep")).Select(match => match.Groups["name"].Value).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.Contains($"`{output}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_of_the_hosts_configuration_is_explained()
    {
        using var host = JsonDocument.Parse(Repository.Read("functions", "Club.Azure", "host.json"));
        var readme = Repository.Read("infra", "README.md");
        Assert.All(Leaves(host.RootElement).Except(["version"]), name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_are_in_the_template_by_reference_only()
    {
        var template = Repository.Read("infra", "modules", "app.bicep");
        string[] secrets = ["Club__LookupKey", "FunctionsKey", "Auth__TokenKey", "Auth__ClientSecret", "WeChat__Token", "WeChat__EncodingAesKey", "WeChat__PreviousEncodingAesKey"];
        Assert.All(secrets, secret => Assert.Matches($@"{secret}: '@Microsoft\.KeyVault\(SecretUri=\$\{{vaultUri\}}secrets/[a-z-]+\)'",
            template));
        Assert.Matches(
            @"i => 'Sms__WebhookKeys__\$\{i\}',\s+i => '@Microsoft\.KeyVault\(SecretUri=\$\{vaultUri\}secrets/sms-webhook-\$\{i\}\)'",
            template);
        Assert.Contains("getSecret('sms-webhook-${smsWebhookKeys - 1}')", Repository.Read("infra", "main.bicep"), StringComparison.Ordinal);
        Assert.Contains("/api/webhooks/sms?key=${webhookKey}", Repository.Read("infra", "modules", "sms-events.bicep"),
            StringComparison.Ordinal);
        Assert.Matches(
            @"i => 'SiteWebhook__Secrets__\$\{i\}',\s+i => '@Microsoft\.KeyVault\(SecretUri=\$\{vaultUri\}secrets/site-webhook-\$\{i\}\)'",
            template);
    }

    [Fact]
    public void The_queues_are_those_that_functions_listen_to_and_the_one_of_answers()
    {
        var listened = TriggerTests.Functions().Select(function => function.Trigger).OfType<ServiceBusTriggerAttribute>().ToList();
        var made = QueueNames().Matches(Repository.Read("infra", "modules", "queues.bicep")).Select(match => match.Groups["name"].Value)
            .Order(StringComparer.Ordinal);
        Assert.Equal(Queues().Append(Answers).Order(StringComparer.Ordinal), made);
        Assert.Contains($"QueueName = \"{Answers}\";", Repository.Read("functions", "Club.Azure", "Queues", "ServiceBusAnswers.cs"),
            StringComparison.Ordinal);
        Assert.All(listened, trigger => Assert.Equal(ServiceBusOptions.Section, trigger.Connection));
    }

    [Fact]
    public void The_club_leaves_its_work_where_it_looks_for_it() =>
        Assert.Contains("""QueueName = "work";""", Repository.Read("functions", "Club.Azure", "Queues", "ServiceBusWorkQueue.cs"),
            StringComparison.Ordinal);

    [Fact]
    public void The_website_of_SMS_events_is_the_function_that_reads_them()
    {
        var (_, trigger, _) = TriggerTests.Functions().Single(function => function.Name == "SmsEvents");
        var template = Repository.Read("infra", "modules", "sms-events.bicep");
        Assert.Contains($"/api/{((HttpTriggerAttribute)trigger).Route}?", template, StringComparison.Ordinal);
    }

    [Fact]
    public void The_database_of_the_template_is_the_one_that_the_app_opens()
    {
        var template = Repository.Read("infra", "modules", "database.bicep");
        var options = new CosmosOptions();
        Assert.Contains($"var databaseName = '{options.Database}'", template, StringComparison.Ordinal);
        Assert.Contains($"var containerName = '{options.Container}'", template, StringComparison.Ordinal);
    }

    [Fact]
    public void The_container_of_the_template_is_the_one_that_the_store_expects()
    {
        var template = Repository.Read("infra", "modules", "database.bicep");
        var (options, container) = (new CosmosOptions(), CosmosSetup.Container());
        Assert.Equal((CosmosSetup.DatabaseName, CosmosSetup.ContainerName, container.Id),
            (options.Database, options.Container, options.Container));
        Assert.Equal(container.PartitionKeyPath, PartitionKeyPath().Match(template).Groups["path"].Value);
        Assert.Contains("paths: [partitionKeyPath]", template, StringComparison.Ordinal);
        Assert.Contains($"version: {(int)container.PartitionKeyDefinitionVersion!}", template, StringComparison.Ordinal);

        var policy = container.IndexingPolicy;
        Assert.Equal(policy.IncludedPaths.Select(path => path.Path), Paths(template, "included"));
        Assert.Equal(policy.ExcludedPaths.Select(path => path.Path), Paths(template, "excluded"));
        Assert.Equal((IndexingMode.Consistent, true), (policy.IndexingMode, policy.Automatic));
        Assert.Contains("indexingMode: 'consistent'", template, StringComparison.Ordinal);
        Assert.Contains("automatic: true", template, StringComparison.Ordinal);
        Assert.Equal(0, policy.CompositeIndexes.Count + policy.SpatialIndexes.Count);
        Assert.DoesNotContain("compositeIndexes", template, StringComparison.Ordinal);

        // Nothing lapses by itself.
        Assert.Null(container.DefaultTimeToLive);
        Assert.DoesNotContain("defaultTtl", template, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_host_is_configured_for_these_functions()
    {
        using var host = JsonDocument.Parse(Repository.Read("functions", "Club.Azure", "host.json"));
        var root = host.RootElement;
        Assert.Equal("2.0", root.GetProperty("version").GetString());
        var extensions = root.GetProperty("extensions");
        Assert.Equal("api", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        // As long as a function may run, its message stays its own.
        Assert.Equal(root.GetProperty("functionTimeout").GetString(),
            extensions.GetProperty("serviceBus").GetProperty("maxAutoLockRenewalDuration").GetString());
        Assert.False(root.TryGetProperty("extensionBundle", out _));
        // Queue triggers refuse it (AZFW0012).
        Assert.False(root.TryGetProperty("retry", out _));
    }

    /// <summary>The queue that partners listen to.</summary>
    internal const string Answers = "answers";

    internal static IEnumerable<string> Queues() =>
        TriggerTests.Functions().Select(function => function.Trigger).OfType<ServiceBusTriggerAttribute>()
            .Select(trigger => trigger.QueueName!).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Leaves(JsonElement element) =>
        element.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object ? Leaves(member.Value)
            : [member.Name]);

    private static IEnumerable<string> Paths(string template, string which) =>
        Regex.Matches(Regex.Match(template, which + @"Paths: \[(?<paths>[^\]]*)\]").Groups["paths"].Value, "path: '(?<path>[^']+)'")
            .Select(path => path.Groups["path"].Value);

    private static List<string> TemplateSettings() =>
        [.. TemplateSetting().Matches(Repository.Read("infra", "modules", "app.bicep"))
            .Select(match => match.Groups["name"].Value.Replace("${i}", "0", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("AzureWebJobsStorage__", StringComparison.Ordinal))];

    internal static bool IsRead(string setting)
    {
        var parts = setting.Split("__");
        if (!Sections.TryGetValue(parts[0], out var types)) return false;
        var property = types.Select(type =>
            type.GetProperty(parts[1], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)).FirstOrDefault(found =>
            found is not null);
        var isList = property?.PropertyType.IsAssignableTo(typeof(IEnumerable<string>)) == true;
        return property is not null && (isList ? parts.Length == 3 && int.TryParse(parts[2], out _) : parts.Length == 2
            && property.CanWrite);
    }

    private static IEnumerable<string> MissingByDefault(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
        if (options is IValidatableObject more) wrong.AddRange(more.Validate(new ValidationContext(options)));
        return wrong.Select(result => MissingSetting().Match(result.ErrorMessage!)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value);
    }

    [GeneratedRegex(@"\b(?<name>[A-Z][A-Za-z]*__(\w|\$\{i\})+)'?[:,]")]
    private static partial Regex TemplateSetting();

    [GeneratedRegex(@"^(?<name>\w+__\w+) is missing")]
    private static partial Regex MissingSetting();

    [GeneratedRegex(@"'queues' = \{\s+name: '(?<name>[^']+)'")]
    private static partial Regex QueueNames();

    [GeneratedRegex(@"name: 'EntityName',? ?operator: 'Include',? ?values: \[(?<names>[^\]]+)\]")]
    private static partial Regex WatchedQueues();

    [GeneratedRegex(@"^output (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"var partitionKeyPath = '(?<path>[^']+)'")]
    private static partial Regex PartitionKeyPath();
}
