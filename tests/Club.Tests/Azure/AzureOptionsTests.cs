using Club.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Club.Tests.Azure;

public sealed class AzureOptionsTests
{
    [Theory]
    [InlineData(typeof(CosmosOptions), "Cosmos__Endpoint")]
    [InlineData(typeof(ServiceBusOptions), "ServiceBus__fullyQualifiedNamespace")]
    [InlineData(typeof(FilesOptions), "Files__Endpoint")]
    [InlineData(typeof(AcsSmsOptions), "Sms__Endpoint")]
    [InlineData(typeof(AcsSmsOptions), "Sms__From")]
    [InlineData(typeof(AcsSmsOptions), "Sms__WebhookKeys__0")]
    public void A_missing_setting_stops_the_host_with_a_sentence_that_names_it(Type options, string setting)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Validate(options, []));
        Assert.Contains(failure.Failures, sentence => sentence.Contains($"{setting} is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_are_read_by_the_names_that_the_environment_has()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Cosmos:Endpoint"] = "https://club.documents.azure.com:443/",
                ["ServiceBus:fullyQualifiedNamespace"] = "club.servicebus.windows.net",
            ["Sms:Endpoint"] = "https://club.communication.azure.com", ["Sms:From"] = "Club",
            ["Sms:WebhookKeys:0"] = "placeholder-sms-webhook-key-000",
        };
        var cosmos = Assert.IsType<CosmosOptions>(Validate(typeof(CosmosOptions), settings));
        Assert.Equal(new Uri("https://club.documents.azure.com:443/"), cosmos.Endpoint);
        Assert.Equal("club/documents", $"{cosmos.Database}/{cosmos.Container}");
        Assert.Equal("club.servicebus.windows.net",
            Assert.IsType<ServiceBusOptions>(Validate(typeof(ServiceBusOptions), settings)).FullyQualifiedNamespace);
        Assert.Equal("Club", Assert.IsType<AcsSmsOptions>(Validate(typeof(AcsSmsOptions), settings)).From);
    }

    [Theory]
    [InlineData(typeof(AcsSmsOptions), "Sms", "http://club.communication.azure.com")]
    [InlineData(typeof(AcsSmsOptions), "Sms", "club.communication.azure.com")]
    [InlineData(typeof(CosmosOptions), "Cosmos", "http://club.documents.azure.com")]
    [InlineData(typeof(FilesOptions), "Files", "http://club.blob.core.windows.net")]
    [InlineData(typeof(FilesOptions), "Files", "club.blob.core.windows.net")]
    public void A_token_is_not_sent_in_the_clear(Type options, string section, string endpoint)
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            Validate(options, new() { [$"{section}:Endpoint"] = endpoint, ["Sms:From"] = "Club",
            ["Sms:WebhookKeys:0"] = "placeholder-sms-webhook-key-000" }));
        Assert.Contains(failure.Failures, sentence =>
            sentence.Contains($"{section}__Endpoint must be an https address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://club.vault.azure.net/secrets/lookup-key)")]
    [InlineData(" @microsoft.keyvault(VaultName=club;SecretName=lookup-key)")]
    public void A_secret_that_the_platform_could_not_read_stops_the_host(string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            KeyVaultReferences.RequireResolved(Configuration(new() { ["Club:LookupKey"] = value, ["SiteWebhook:Secrets:0"] = value })));
        Assert.Collection(failure.Failures,
            sentence => Assert.StartsWith("Club__LookupKey: the secret in the key vault cannot be read.", sentence,
            StringComparison.Ordinal),
            sentence => Assert.StartsWith("SiteWebhook__Secrets__0:", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_that_were_read_pass() =>
        KeyVaultReferences.RequireResolved(
            Configuration(new() { ["Club:LookupKey"] = "0123456789abcdef0123456789abcdef", ["WeChat:EncodingAesKey"] = null }));

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static object Validate(Type options, Dictionary<string, string?> settings) => options switch
    {
        _ when options == typeof(CosmosOptions) => Validate<CosmosOptions>(CosmosOptions.Section, settings),
        _ when options == typeof(FilesOptions) => Validate<FilesOptions>(FilesOptions.Section, settings),
        _ when options == typeof(ServiceBusOptions) => Validate<ServiceBusOptions>(ServiceBusOptions.Section, settings),
        _ => Validate<AcsSmsOptions>(AcsSmsOptions.Section, settings),
    };

    private static T Validate<T>(string section, Dictionary<string, string?> settings) where T : class
    {
        var services = new ServiceCollection();
        services.AddOptions<T>().Bind(Configuration(settings).GetSection(section)).ValidateDataAnnotations();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<T>>().Value;
    }
}
