using LiveShop.Tests.Harness;
using LiveShop.Web.Settings;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Tests;

public sealed class OperatorAccountsTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task The_first_start_creates_the_operator_of_the_settings_as_owner()
    {
        await using var accounts = await NewAccounts().PrepareAsync();

        Assert.True(await accounts.CanSignInAsync("admin", Accounts.Password));
        Assert.Equal(["Owner"], await accounts.RolesOfAsync("admin"));
    }

    [Fact]
    public async Task Later_starts_change_no_password()
    {
        await using var first = await NewAccounts().PrepareAsync();
        await using var second = await NewAccounts(new AdminSettings("admin", "another one", RefusesDevelopmentPassword: true)).PrepareAsync();

        Assert.True(await second.CanSignInAsync("admin", Accounts.Password));
        Assert.False(await second.CanSignInAsync("admin", "another one"));
    }

    [Fact]
    public async Task Nodes_that_start_together_create_one_operator()
    {
        await using var accounts = NewAccounts();
        await accounts.Operators.MigrateAsync(default);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var node = NewAccounts();
            await node.Operators.PrepareAsync(default);
        }));

        Assert.Equal(1, await accounts.Db.Users.CountAsync());
        Assert.Equal(["Owner"], await accounts.RolesOfAsync("admin"));
    }

    [Fact]
    public async Task Without_a_password_in_the_settings_there_is_no_operator()
    {
        await using var accounts = await NewAccounts(new AdminSettings("admin", null, RefusesDevelopmentPassword: true)).PrepareAsync();

        Assert.Equal(0, await accounts.Db.Users.CountAsync());
    }

    [Fact]
    public async Task Nor_does_it_with_that_of_another_operator_whom_the_settings_do_not_name()
    {
        await using var development = await NewAccounts(new AdminSettings("admin", AdminSettings.DevelopmentPassword, RefusesDevelopmentPassword: false)).PrepareAsync();
        await using var production = NewAccounts(new AdminSettings("boss", Accounts.Password, RefusesDevelopmentPassword: true));

        var refusal = await Assert.ThrowsAsync<SettingException>(() => production.PrepareAsync());

        Assert.StartsWith("Admin:Password must be changed with 'admin set-password admin'", refusal.Message);
    }

    [Fact]
    public async Task Nobody_is_given_the_development_password_in_production_or_one_that_the_login_cannot_take()
    {
        await using var accounts = await NewAccounts().PrepareAsync();

        Assert.NotNull(await accounts.Operators.SetPasswordAsync("admin", AdminSettings.DevelopmentPassword, "test"));
        Assert.NotNull(await accounts.Operators.SetPasswordAsync("admin", new string('x', AdminSettings.LongestPassword + 1), "test"));
        Assert.NotNull(await accounts.Operators.SetPasswordAsync(new string('x', 61), Accounts.Password, "test"));
        Assert.True(await accounts.CanSignInAsync("admin", Accounts.Password));
        Assert.Equal(1, await accounts.Db.Users.CountAsync());
    }

    [Fact]
    public async Task Settings_that_make_no_operator_stop_the_start()
    {
        await using var accounts = NewAccounts(new AdminSettings("admin", "        ", RefusesDevelopmentPassword: true));

        Assert.StartsWith("Admin:Password must be a password that will do.", (await Assert.ThrowsAsync<SettingException>(() => accounts.PrepareAsync())).Message);
    }

    [Fact]
    public async Task The_first_operator_can_be_made_by_the_command_before_the_first_start()
    {
        await using var accounts = NewAccounts();
        await accounts.Operators.MigrateAsync(default);

        Assert.Null(await accounts.Operators.SetPasswordAsync("boss", Accounts.Password, "command line"));

        Assert.Equal(["Owner"], await accounts.RolesOfAsync("boss"));
    }

    [Fact]
    public async Task Production_does_not_start_with_the_development_password()
    {
        await using var development = await NewAccounts(new AdminSettings("admin", AdminSettings.DevelopmentPassword, RefusesDevelopmentPassword: false)).PrepareAsync();
        await using var production = NewAccounts(new AdminSettings("admin", null, RefusesDevelopmentPassword: true));

        var refusal = await Assert.ThrowsAsync<SettingException>(() => production.PrepareAsync());

        Assert.StartsWith("Admin:Password must be changed with 'admin set-password admin'", refusal.Message);
        Assert.Null(await production.Operators.SetPasswordAsync("admin", "correct horse", "test"));
        await production.PrepareAsync();
    }

    [Fact]
    public async Task Setting_a_password_creates_operators_the_first_as_owner()
    {
        await using var accounts = await NewAccounts(new AdminSettings("admin", null, RefusesDevelopmentPassword: true)).PrepareAsync();

        Assert.Null(await accounts.Operators.SetPasswordAsync("ana", "correct horse", "test"));
        Assert.Null(await accounts.Operators.SetPasswordAsync("ben", "battery staple", "test"));

        Assert.Equal(["Owner"], await accounts.RolesOfAsync("ana"));
        Assert.Equal(["Operator"], await accounts.RolesOfAsync("ben"));
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_and_the_old_one_is_no_use()
    {
        await using var accounts = await NewAccounts().PrepareAsync();
        var stamp = (await accounts.Users.FindByNameAsync("admin"))!.SecurityStamp;

        Assert.Null(await accounts.Operators.SetPasswordAsync("admin", "battery staple", "test"));

        Assert.False(await accounts.CanSignInAsync("admin", Accounts.Password));
        Assert.True(await accounts.CanSignInAsync("admin", "battery staple"));
        Assert.NotEqual(stamp, (await accounts.Users.FindByNameAsync("admin"))!.SecurityStamp);
    }

    [Fact]
    public async Task A_password_set_from_the_command_line_ends_a_lock_out_and_leaves_the_second_factor_on()
    {
        await using var accounts = await NewAccounts().PrepareAsync();
        var admin = (await accounts.Users.FindByNameAsync("admin"))!;
        await accounts.Users.SetTwoFactorEnabledAsync(admin, true);
        for (var i = 0; i < 5; i++) await accounts.Users.AccessFailedAsync(admin);
        Assert.True(await accounts.Users.IsLockedOutAsync(admin));

        Assert.Null(await accounts.Operators.SetPasswordAsync("admin", "battery staple", "test"));

        Assert.False(await accounts.Users.IsLockedOutAsync(admin));
        Assert.True(admin.TwoFactorEnabled);
    }

    [Fact]
    public async Task A_second_factor_that_is_reset_leaves_no_key_and_no_recovery_code_and_ends_the_sessions()
    {
        await using var accounts = await NewAccounts().PrepareAsync();
        var admin = (await accounts.Users.FindByNameAsync("admin"))!;
        await accounts.Users.ResetAuthenticatorKeyAsync(admin);
        await accounts.Users.SetTwoFactorEnabledAsync(admin, true);
        await accounts.Users.GenerateNewTwoFactorRecoveryCodesAsync(admin, 10);
        await accounts.Users.SetLockoutEndDateAsync(admin, DateTimeOffset.UtcNow.AddMinutes(1));
        var (key, stamp) = (await accounts.Users.GetAuthenticatorKeyAsync(admin), admin.SecurityStamp);

        Assert.Null(await accounts.Operators.ResetSecondFactorAsync("admin", "command line"));

        Assert.False(admin.TwoFactorEnabled);
        Assert.NotEqual(key, await accounts.Users.GetAuthenticatorKeyAsync(admin));
        Assert.Equal(0, await accounts.Users.CountRecoveryCodesAsync(admin));
        Assert.False(await accounts.Users.IsLockedOutAsync(admin));
        Assert.NotEqual(stamp, admin.SecurityStamp);
        Assert.True(await accounts.CanSignInAsync("admin", Accounts.Password));
    }

    [Fact]
    public async Task Nobody_has_a_second_factor_to_reset()
    {
        await using var accounts = await NewAccounts().PrepareAsync();

        Assert.Equal("There is no operator nobody.", await accounts.Operators.ResetSecondFactorAsync("nobody", "command line"));
    }

    [Fact]
    public async Task What_is_done_to_accounts_is_in_the_audit_log()
    {
        await using var accounts = await NewAccounts().PrepareAsync();

        await accounts.Operators.SetPasswordAsync("admin", "battery staple", "command line");
        await accounts.Operators.SetPasswordAsync("admin", "short", "command line");
        await accounts.Operators.SetPasswordAsync("ben", "battery staple", "command line");
        await accounts.Operators.ResetSecondFactorAsync("ben", "command line");
        await accounts.Operators.ResetSecondFactorAsync("nobody", "command line");

        Assert.Equal(
            [
                "settings operator-added operator admin", "command line password operator admin",
                "command line operator-added operator ben", "command line second-factor-off operator ben",
            ],
            await Database.ReadAllAsync<string>("select concat_ws(' ', actor, action, subject) from audit_entries order by id"));
    }

    [Theory]
    [InlineData("admin", "short")]
    [InlineData("admin", "")]
    [InlineData("ana", "short")]
    [InlineData("a b", "correct horse")]
    public async Task A_name_or_password_that_will_not_do_is_refused_with_words_and_changes_nothing(string userName, string password)
    {
        await using var accounts = await NewAccounts().PrepareAsync();

        Assert.False(string.IsNullOrEmpty(await accounts.Operators.SetPasswordAsync(userName, password, "test")));

        Assert.Equal(1, await accounts.Db.Users.CountAsync());
        Assert.True(await accounts.CanSignInAsync("admin", Accounts.Password));
    }

    [Theory]
    [InlineData("select format('%s.%s %s null=%s default=%s identity=%s', table_name, column_name, data_type || coalesce(character_maximum_length::text, ''), is_nullable, column_default, identity_generation) from information_schema.columns where table_name like 'asp_net_%'")]
    [InlineData("select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where conrelid::regclass::text like 'asp_net_%'")]
    [InlineData("select indexdef from pg_indexes where tablename like 'asp_net_%'")]
    public async Task The_migrated_tables_are_those_of_the_model(string query)
    {
        await using var accounts = await NewAccounts().PrepareAsync();
        await using var created = await Postgres.CreateEmptyDatabaseAsync();
        await using var model = new Accounts(created.ConnectionString);
        await model.Db.Database.EnsureCreatedAsync();

        var ofModel = await created.ReadAllAsync<string>(query);

        Assert.NotEmpty(ofModel);
        Assert.Equal(ofModel.Order(StringComparer.Ordinal), (await Database.ReadAllAsync<string>(query)).Order(StringComparer.Ordinal));
    }

    private Accounts NewAccounts(AdminSettings? settings = null) => new(Database.ConnectionString, settings);

    [Fact]
    public async Task While_somebody_signs_in_nothing_is_half_done_to_the_account()
    {
        await using var accounts = await NewAccounts().PrepareAsync();
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; select 1 from asp_net_users for update");

        Assert.Equal("Somebody is signing in as admin at this moment. Try again.", await accounts.Operators.SetPasswordAsync("admin", "another password", "command line"));
        Assert.Equal("Somebody is signing in as admin at this moment. Try again.", await accounts.Operators.ResetSecondFactorAsync("admin", "command line"));
        await other.ExecuteAsync("commit");

        Assert.True(await accounts.CanSignInAsync("admin", Accounts.Password));
        Assert.Null(await accounts.Operators.SetPasswordAsync("admin", "another password", "command line"));
        Assert.True(await accounts.CanSignInAsync("admin", "another password"));
    }
}
