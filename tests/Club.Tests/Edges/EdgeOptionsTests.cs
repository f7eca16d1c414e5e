using System.ComponentModel.DataAnnotations;
using Club.Edges.Site;
using Club.Edges.WeChat;
using Club.Messaging;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>A wrong setting is a sentence that names it.</summary>
public sealed class EdgeOptionsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Key = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR";

    [Fact]
    public void WeChat_needs_token_and_app_id_only()
    {
        Assert.Empty(Errors<WeChatOptions>(("WeChat:Token", "AAAAA"), ("WeChat:AppId", "wx1")));
        Assert.Empty(Errors<WeChatOptions>(("WeChat:Token", "AAAAA"), ("WeChat:AppId", "wx1"), ("WeChat:EncodingAesKey", Key),
            ("WeChat:PreviousEncodingAesKey", ""), ("WeChat:RequireEncryption", "true"), ("WeChat:PublicAddress", "")));
    }

    [Theory]
    [InlineData("WeChat__Token", "WeChat:Token", "")]
    [InlineData("WeChat__Token", "WeChat:Token", "ab")]
    [InlineData("WeChat__AppId", "WeChat:AppId", "")]
    [InlineData("WeChat__EncodingAesKey", "WeChat:EncodingAesKey", "short")]
    [InlineData("WeChat__EncodingAesKey", "WeChat:EncodingAesKey", Key + "=")]
    [InlineData("WeChat__PreviousEncodingAesKey", "WeChat:PreviousEncodingAesKey", "short")]
    [InlineData("WeChat__PreviousEncodingAesKey", "WeChat:PreviousEncodingAesKey", Key)]
    [InlineData("WeChat__RequireEncryption", "WeChat:RequireEncryption", "true")]
    [InlineData("WeChat__PublicAddress", "WeChat:PublicAddress", "http://club.example.org")]
    [InlineData("WeChat__PublicAddress", "WeChat:PublicAddress", "club")]
    public void A_wrong_WeChat_setting_is_named(string named, string setting, string value) =>
        Assert.StartsWith(named, Assert.Single(Errors<WeChatOptions>(("WeChat:Token", "AAAAA"), ("WeChat:AppId", "wx1"), (setting, value))),
            StringComparison.Ordinal);

    [Fact]
    public void Several_webhook_secrets_are_accepted()
    {
        Assert.Empty(Errors<SiteWebhookOptions>(("SiteWebhook:Secrets:0", Secret),
            ("SiteWebhook:Secrets:1", $"whsec_{Convert.ToBase64String(new byte[64])}")));
        Assert.Equal(2, Bind<SiteWebhookOptions>([("SiteWebhook:Secrets:0", Secret), ("SiteWebhook:Secrets:1", Secret)]).Keys().Count);
    }

    [Fact]
    public void A_missing_webhook_secret_is_named() =>
        Assert.StartsWith("SiteWebhook__Secrets__0", Assert.Single(Errors<SiteWebhookOptions>()), StringComparison.Ordinal);

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_plJ3nmyCDGBKInavdOK15jsl")]
    [InlineData("whsec_")]
    public void A_wrong_webhook_secret_is_named_and_not_repeated(string secret)
    {
        var error = Assert.Single(Errors<SiteWebhookOptions>(("SiteWebhook:Secrets:0", Secret), ("SiteWebhook:Secrets:1", secret)));
        Assert.StartsWith("SiteWebhook__Secrets__1", error, StringComparison.Ordinal);
        if (secret.Length > "whsec_".Length) Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_webhook_secret_of_65_bytes_is_too_long() =>
        Assert.Contains("65", Assert.Single(
            Errors<SiteWebhookOptions>(("SiteWebhook:Secrets:0", $"whsec_{Convert.ToBase64String(new byte[65])}"))),
            StringComparison.Ordinal);

    [Fact]
    public void Text_messages_need_no_setting()
    {
        Assert.Empty(Errors<SmsOptions>());
        var options = new SmsOptions();
        Assert.Equal(("车友会", "拒收请回复R", QuietHours.Default), (options.Signature, options.OptOut, options.QuietHours));
        Assert.Equal(new QuietHours(new(9, 30), new(20, 0)),
            Bind<SmsOptions>([("Sms:AllowedFrom", "09:30"), ("Sms:AllowedTo", "20:00")]).QuietHours);
    }

    [Theory]
    [InlineData("Sms__Signature", "Sms:Signature", "车")]
    [InlineData("Sms__Signature", "Sms:Signature", "【车友会】")]
    [InlineData("Sms__OptOut", "Sms:OptOut", "")]
    [InlineData("Sms__OptOut", "Sms:OptOut", "【R】回复R")]
    [InlineData("Sms__OptOut", "Sms:OptOut", "拒收请联系客服")]
    [InlineData("Sms__OptOut", "Sms:OptOut", "退订请拨打热线")]
    [InlineData("Sms__OptOut", "Sms:OptOut", "回复START退订")]
    [InlineData("Sms__AllowedFrom", "Sms:AllowedFrom", "21:00")]
    [InlineData("Sms__WebhookKeys__0", "Sms:WebhookKeys:0", "short")]
    [InlineData("Sms__WebhookKeys__0", "Sms:WebhookKeys:0", "a key with spaces, long enough")]
    public void A_wrong_text_message_setting_is_named(string named, string setting, string value) =>
        Assert.StartsWith(named, Assert.Single(Errors<SmsOptions>((setting, value))), StringComparison.Ordinal);

    private static List<string> Errors<T>(params (string Key, string Value)[] settings) where T : class, new()
    {
        var options = Bind<T>(settings);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(r => r.ErrorMessage!)];
    }

    private static T Bind<T>((string Key, string Value)[] settings) where T : class, new()
    {
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in settings) values[key] = value;
        var section = (string)typeof(T).GetField("Section")!.GetRawConstantValue()!;
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(section).Get<T>() ?? new T();
    }
}
