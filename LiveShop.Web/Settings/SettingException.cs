namespace LiveShop.Web.Settings;

/// <summary>A setting that makes no sense. The message is one line that names the key, what it must be and what it is.</summary>
internal sealed class SettingException(string key, string mustBe, string? value)
    : Exception($"{key} must be {mustBe}, but is '{value}'.");
